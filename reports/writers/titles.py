"""Headings of the sections, by language."""

KINDS = ("summary", "topic", "decision", "action_item", "question", "figure")
"""Kinds of statements in the order of their sections."""

_TITLES = {
    "ru": ("Кратко", "Темы", "Решения", "Поручения", "Открытые вопросы", "Цифры и даты"),
    "en": ("Summary", "Topics", "Decisions", "Action items", "Open questions", "Figures and dates"),
}


def title(kind: str, language: str) -> str:
    """Heading of the section of ``kind``; English where the language has none of its own."""
    return dict(zip(KINDS, _TITLES.get(language, _TITLES["en"]), strict=True))[kind]
