"""The scripts of the records: what is a Chinese, a Cyrillic or a Latin letter, one definition for all."""

import re

HAN_LETTERS = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters as a range, to stand between the brackets of a regular expression."""
HAN = re.compile(f"[{HAN_LETTERS}]")
CYRILLIC = re.compile("[\u0400-\u052f]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
