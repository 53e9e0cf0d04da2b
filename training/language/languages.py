"""The languages of the detector, in the order of the table's lanes (src/language/table.cc has the same order)."""

LATIN = "en fr de es pt it nl pl tr id vi sv cs ro hu da".split()
CYRILLIC = "ru uk bg sr mk".split()
ARABIC = "ar fa ur".split()

LANES = 16
CYRILLIC_FIRST = 0
ARABIC_FIRST = 8

SHARED_SCRIPT = LATIN + CYRILLIC + ARABIC
HAN = ["zh", "ja"]
