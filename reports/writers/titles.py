"""Headings of the sections, by language."""

from reports.writers.outlines.shipped import MINUTES, OUTLINES

KINDS = tuple(part.kind for part in MINUTES.parts)
"""Kinds of statements in the order of the sections of ordinary minutes."""


def title(kind: str, language: str) -> str:
    """Heading of the section of ``kind``; English where the language has none of its own."""
    return {part.kind: part for part in MINUTES.parts}[kind].title(language)


def translated(kind: str, heading: str, language: str) -> str:
    """A shipped section's heading in ``language``; ``heading`` as it is where a person wrote it."""
    if not heading and kind in KINDS:
        return title(kind, language)
    for outline in OUTLINES.values():
        for part in outline.parts:
            if part.kind == kind and heading in part.titles.values():
                return part.title(language)
    return heading
