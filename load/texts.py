"""What the users of the load tests say: 22 sentences, friendly, neutral and toxic."""

FRIENDLY = (
    "Thank you so much for your help yesterday.",
    "What a wonderful picture, I love the colours.",
    "Congratulations to the whole team!",
    "You explained that very clearly.",
    "I really appreciate your patience.",
    "Have a great weekend, everybody.",
    "This is the best recipe I have tried so far.",
    "Welcome to the forum, glad to have you here.",
)
NEUTRAL = (
    "The meeting starts at ten in room four.",
    "Could you send me the report by Friday?",
    "The train to Lyon leaves from platform two.",
    "It rained for most of the afternoon.",
    "The second edition has a new index.",
    "Where can I change my password?",
    "The shop is closed on public holidays.",
)
TOXIC = (
    "You are an idiot and nobody likes you.",
    "Shut up, you stupid fool.",
    "What a pathetic loser you are.",
    "I hate you and everything you write.",
    "Get lost, you worthless piece of garbage.",
    "Only a moron could believe that.",
    "You disgust me, go away.",
)
ALL = FRIENDLY + NEUTRAL + TOXIC
