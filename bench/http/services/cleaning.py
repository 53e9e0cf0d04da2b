"""The original's cleaning: small letters, everything outside a-z gone."""

import re

OTHER = re.compile(r"[^a-z\s]")
BLANKS = re.compile(r"\s+")


def clean(text):
    return BLANKS.sub(" ", OTHER.sub("", text.lower())).strip()
