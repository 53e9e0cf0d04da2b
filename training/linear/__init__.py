"""The `simple` model: six linear heads over hashed n-grams."""
