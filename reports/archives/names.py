"""Names of files and folders that are harmless on every system."""

import re
import unicodedata

LONGEST = 80
"""Characters; with two folders around it a path stays below what Windows takes."""

RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
"""What Windows takes for devices."""


def harmless(told: str, instead: str) -> str:
    """``told`` without folders, control and direction marks, or what shells and Windows read.

    ``instead`` where nothing is left of it. The ending of a file's name is kept.
    """
    text = unicodedata.normalize("NFC", told)
    text = "".join(c for c in text if unicodedata.category(c)[0] != "C")
    text = re.sub(r'[\\/:*?"<>|]', " ", text)
    text = " ".join(text.split()).strip(". -~")
    if RESERVED.fullmatch(text):
        text = f"_{text}"
    if len(text) > LONGEST:
        stem, dot, suffix = text.rpartition(".")
        keep = f"{dot}{suffix}" if stem and len(suffix) <= 8 else ""
        text = text[: LONGEST - len(keep)].rstrip(". ") + keep
    return text or instead
