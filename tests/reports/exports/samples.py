"""A meeting for the exports: a budget, a date, a task, an inventor's doubt, an item left over."""

from datetime import date, datetime, timedelta, timezone

from reports.exports import formats
from reports.exports.facts import Facts, Options, Participant, Turn

HELD_AT = datetime(2026, 3, 16, 10, tzinfo=timezone(timedelta(hours=3)))


def evidence(segment, start, quote="слова", speaker="S1"):
    return {
        "segment": segment,
        "start": start,
        "end": start + 3.0,
        "quote": quote,
        "speaker": speaker,
    }


def statement(kind, text, *rests_on, **more):
    return {
        "id": 1,
        "kind": kind,
        "text": text,
        "verdict": "supported",
        "reason": "",
        "evidence": [evidence(int(at), at, text) for at in rests_on],
        **more,
    }


SPOKE = [
    {"speaker": "S1", "name": "Анна Смирнова", "seconds": 480.0, "share": 0.667},
    {"speaker": "S2", "name": "Борис Литвин", "seconds": 240.0, "share": 0.333},
]


def section(kind, title, *statements):
    return {"kind": kind, "title": title, "statements": list(statements)}


def document(**changes):
    """Minutes of 16 March 2026: two items were discussed, the third was not reached."""
    task = {"assignee": "Борис Литвин", "due_text": "до пятницы", "due": date(2026, 3, 20)}
    doubtful = {"verdict": "unverified", "reason": "число не встречается в цитируемых словах"}
    sections = [
        section("summary", "Кратко", statement("summary", "Запуск перенесли на апрель.", 61.0)),
        section(
            "topic",
            "Темы",
            statement("topic", "Дата запуска. Второе апреля.", 30.0),
            statement("topic", "Бюджет. Сто сорок тысяч.", 600.0, duration=725.0, speakers=SPOKE),
        ),
        section(
            "decision",
            "Решения",
            statement("decision", "Запускаем второго апреля.", 61.0),
            statement("decision", "Бюджет 150 тысяч.", 751.0, **doubtful),
        ),
        section(
            "action_item",
            "Поручения",
            statement("action_item", "Проверить принтеры.", 5.0, 70.0, **task),
        ),
        section("question", "Открытые вопросы", statement("question", "Нужны ли блогеры?", 700.0)),
        section("figure", "Цифры и даты"),
    ]
    return {
        "id": "9a1c",
        "meeting": "7b2d",
        "version": 2,
        "state": "draft",
        "template": "minutes",
        "language": "ru",
        "writer": "extractive",
        "notes": ["Не рассмотрено из повестки: пункты 3"],
        "created_at": "2026-03-16T12:00:00+03:00",
        "support": {"statements": 7, "supported": 6, "unverified": 1},
        "sections": sections,
        "action_items": sections[3]["statements"],
        **changes,
    }


def facts(**changes):
    turns = (
        Turn(0.0, 28.0, "Анна Ковалёва", "Доброе утро, коллеги."),
        Turn(30.0, 60.0, "Анна Ковалёва", "Начнём с даты запуска."),
        Turn(61.0, 65.0, "Борис Литвин", "Второе апреля."),
        Turn(600.0, 640.0, "Борис Литвин", "Теперь бюджет."),
        Turn(640.0, 760.0, "Speaker 3", "Сто сорок тысяч."),
    )
    told = {
        "title": "Планёрка: запуск доставки",
        "held_at": HELD_AT,
        "duration": 3725.0,
        "organization": "ООО «Хлеб и соль»",
        "place": "Москва, переговорная № 3",
        "chair": "А. Ковалёва",
        "secretary": "",
        "participants": (
            Participant("Анна Ковалёва", 58.0),
            Participant("Борис Литвин", 44.0),
            Participant("Speaker 3", 120.0, named=False),
            Participant("Вера Смирнова"),
        ),
        "agenda": ("Дата запуска", "Бюджет", "Отпуска"),
        "not_reached": (3,),
        "turns": turns,
    }
    return Facts(**(told | changes))


def sheet(layout="minutes", language="ru", *, transcript=False, told=None, written=None):
    options = Options(layout, language, transcript)
    return formats.lay_out(written or document(), told or facts(), options)
