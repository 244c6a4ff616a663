"""Meetings to write minutes of."""

from datetime import date

from reports.writers.base import Meeting, Segment

SAID = (
    "Доброе утро, коллеги, начнём с выпуска.",
    "Решили перенести выпуск на пятницу, двадцатого марта.",
    "Анна подготовит список задач до среды.",
    "Кто займётся договором с поставщиком?",
    "Бюджет составит двести тысяч рублей.",
    "Хорошо, тогда идём дальше по повестке.",
)
HELD_ON = date(2026, 3, 16)


def talk(segments=6, said=SAID, first_id=101, **facts):
    """``segments`` sentences of two people, four seconds apart; ids from ``first_id``."""
    made = tuple(
        Segment(
            id=first_id + n,
            start=4.0 * n,
            end=4.0 * n + 3.5,
            speaker=f"S{n % 2 + 1}",
            text=said[n % len(said)],
            language="ru",
        )
        for n in range(segments)
    )
    known = {"title": "Планёрка", "held_on": HELD_ON, "language": "ru"} | facts
    return Meeting(segments=made, speakers={"S1": "Марина", "S2": "Анна"}, **known)
