"""Varied texts from a seed: what people write, and whatever might trip a tokeniser."""

import random
import unicodedata
from collections.abc import Callable, Iterator

SCALARS = [point for point in range(0x110000) if not 0xD800 <= point < 0xE000]
MARKS = [chr(point) for point in SCALARS if unicodedata.category(chr(point)).startswith("M")]
COMBINING = [chr(point) for point in SCALARS if unicodedata.combining(chr(point))]
# Newer than some of the tables of Unicode that the libraries hold: these marks outlive the removal of accents.
NEW_MARKS = "\u07fd\u0898\u0899\u08ca\u08d0\u08d3\u1abf\u1ac0\u1ac5\u302e\u302f\U0001d165\U0001d16e\U00010d24\U00010efd"
COMPOSED = [chr(point) for point in SCALARS if unicodedata.decomposition(chr(point))[:1] not in ("", "<")]
CASED = [chr(point) for point in SCALARS if chr(point).lower() != chr(point) or chr(point).upper() != chr(point)]
PUNCTUATION = [chr(point) for point in SCALARS if unicodedata.category(chr(point))[0] in "PS"]
SPACES = (
    " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u180e\u2000\u2001\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
CONTROLS = (
    "\0\x01\x08\x0b\x0c\x0e\x1f\x7f\x80\x85\x9f\xad\u0600\u200c\u200d\u200e\u202a\u2066"
    "\ufff9\ufffd\ufffe\ue000\U000e0041"
)
CJK_EDGES = (
    "\u2e80\u33ff\u3400\u4dbf\u4dc0\u4e00\u9fff\ua000\uf8ff\uf900\ufaff\ufb00"
    "\U0001ffff\U00020000\U0002a6df\U0002a6e0\U0002a700\U0002b73f\U0002b820\U0002b91f\U0002b920"
    "\U0002ceaf\U0002ceb0\U0002f7ff\U0002f800\U0002fa1f\U0002fa20"
)
LONG_WORDS = ["a", "ab", "é", "e\u0301", "한", "a\u07fd\u0898", "а", "𐐀", "a\0"]
EMOJI = "😀😂🤦🏽‍♀️👨‍👩‍👧‍👦🇫🇷❤️☠️#️⃣©™🫠🪿🏴󠁧󠁢󠁥󠁮󠁧󠁿"
SPECIAL = ["[CLS]", "[SEP]", "[UNK]", "[PAD]", "[MASK]", "[cls]", "##", "##ing", "[ SEP ]", "[unused1]"]
INTERNET = "http://a.example/x?y=1&z=#q @someone #hashtag f**k a_b-c 1,000.50€ 😀!! don’t c'est naïve".split()


class Lines:
    """Texts without end. `vocabulary` is what words are made of."""

    def __init__(self, seed: int, vocabulary: list[str]):
        self.random = random.Random(seed)
        self.pieces = vocabulary
        self.whole = [piece for piece in vocabulary if piece.isascii() and piece.isalpha()]
        self.kinds: list[Callable[[], str]] = [
            self.prose, self.prose, self.prose, self.glued_pieces, self.internet, self.any_scalars, self.one_block,
            self.combining, self.composed, self.cased, self.hangul, self.cjk, self.punctuation, self.spaces,
            self.controls, self.emoji, self.long_word, self.special, self.mixture,
        ]  # fmt: skip

    def __iter__(self) -> Iterator[bytes]:
        while True:
            text = self.random.choice(self.kinds)().encode()
            yield self.damaged(text) if self.random.random() < 0.05 else text

    def some(self, of, least: int, most: int) -> str:
        return "".join(self.random.choices(of, k=self.random.randint(least, most)))

    def word(self) -> str:
        word = self.random.choice(self.whole)
        return self.random.choice([word, word, word.capitalize(), word.upper(), word + self.random.choice(".,;!?'s")])

    def prose(self) -> str:
        return " ".join(self.word() for _ in range(self.random.randint(0, 40)))

    def glued_pieces(self) -> str:
        pieces = self.random.choices(self.pieces, k=self.random.randint(1, 30))
        return "".join(piece.removeprefix("##") if self.random.random() < 0.7 else " " + piece for piece in pieces)

    def internet(self) -> str:
        return self.random.choice([" ", "", "\n"]).join(
            self.random.choice([self.word(), self.random.choice(INTERNET)]) for _ in range(self.random.randint(1, 12))
        )

    def any_scalars(self) -> str:
        return "".join(map(chr, self.random.choices(SCALARS, k=self.random.randint(1, 60))))

    def one_block(self) -> str:
        first = self.random.randrange(len(SCALARS) if self.random.random() < 0.2 else 0x3000)
        return "".join(map(chr, self.random.choices(SCALARS[first : first + 256], k=self.random.randint(1, 60)))) + " "

    def combining(self) -> str:
        marks = self.random.choice([MARKS, COMBINING, NEW_MARKS, NEW_MARKS + "".join(self.random.choices(MARKS, k=9))])
        bases = self.random.choice(["aeiouAE ", self.pieces, COMPOSED, "\0 .你"])
        return "".join(self.random.choice(bases) + self.some(marks, 0, 6) for _ in range(self.random.randint(1, 15)))

    def composed(self) -> str:
        return self.some([*self.random.choices(COMPOSED, k=10), "a", " ", "E", "-"], 1, 40)

    def cased(self) -> str:
        return self.some([*self.random.choices(CASED, k=12), "İ", "ẞ", "Σ", "ς", "K", "Å", "ﬁ", " "], 1, 40)

    def hangul(self) -> str:
        syllables = [chr(self.random.randrange(0xAC00, 0xD7A4)) for _ in range(8)]
        jamo = [chr(self.random.randrange(0x1100, 0x1200)) for _ in range(4)]
        return self.some([*syllables, *jamo, " ", "한국", "어", "."], 1, 40)

    def cjk(self) -> str:
        signs = [chr(self.random.randrange(0x4E00, 0xA000)) for _ in range(8)] + list(CJK_EDGES)
        return self.some([*signs, "カ", "が", "ｶﾞ", "ー", "。", "a", " ", "1"], 1, 40)

    def punctuation(self) -> str:
        return self.some([*self.random.choices(PUNCTUATION, k=10), "a", "you", " ", "1"], 1, 40)

    def spaces(self) -> str:
        count = self.random.randint(1, 20)
        return "".join(self.random.choice([self.word(), self.some(SPACES, 1, 4)]) for _ in range(count))

    def controls(self) -> str:
        return "".join(self.random.choice([self.some("aeE é", 1, 3), self.some(CONTROLS, 1, 3)]) for _ in range(12))

    def emoji(self) -> str:
        return "".join(self.random.choice([self.word(), self.some(EMOJI, 1, 4), EMOJI, " "]) for _ in range(8))

    def long_word(self) -> str:
        size = self.random.choice([98, 99, 100, 101, 102, self.random.randint(50, 120), 5000])
        letters = self.random.choice([*LONG_WORDS, self.some(self.pieces, 3, 9)])
        word = (letters * size)[:size]
        before = self.random.choice(["", "x ", "."])
        return before + word + self.random.choice(["", " y", "!", "é", "\0", "\u0301", "你"])

    def special(self) -> str:
        return " ".join(self.random.choice([self.word(), self.random.choice(SPECIAL)]) for _ in range(10))

    def mixture(self) -> str:
        parts = [self.random.choice(self.kinds[:-1])()[:12] for _ in range(8)]
        return self.random.choice(["", " "]).join(parts)

    def damaged(self, text: bytes) -> bytes:
        """With bytes that are cut out, changed or put in, so that it is no UTF-8 any more."""
        found = bytearray(text)
        for _ in range(self.random.randint(1, 5)):
            at = self.random.randint(0, len(found))
            found[at : at + self.random.randint(0, 2)] = self.random.randbytes(self.random.randint(0, 3))
        return bytes(found)
