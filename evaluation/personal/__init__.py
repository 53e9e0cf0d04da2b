"""How well personal data is found, beside Microsoft Presidio on the same sentences."""
