"""The `bert` model: a small encoder, fine-tuned on the six labels."""
