"""What stands in a laid-out document, as Markdown shows it."""

import re

import pytest

from reports.exports.facts import Facts, Turn
from reports.exports.formats import as_markdown, language_of
from reports.exports.sheet import Heading, Listing, Sheet, Signatures, plain
from tests.reports.exports.samples import HELD_AT, document, facts, section, sheet, statement

LAYOUTS = ("minutes", "protocol")
UNESCAPED = re.compile(r"\\(?=[^\w\s]|_)")


def text(made: Sheet) -> str:
    """The Markdown without its backslashes."""
    return UNESCAPED.sub("", as_markdown(made).decode())


def headings(made: Sheet) -> list[str]:
    return [block.text for block in made.blocks if isinstance(block, Heading)]


def test_minutes_have_every_part_in_its_order():
    assert headings(sheet(transcript=True)) == [
        "Участники",
        "Повестка",
        "Кратко",
        "Темы",
        "Решения",
        "Поручения",
        "Открытые вопросы",
        "Цифры и даты",
        "Приложение: расшифровка",
    ]


def test_minutes_say_when_where_how_long_and_who():
    said = text(sheet())
    assert "- **Дата и время:** 16 марта 2026\u00a0г., 10:00" in said
    assert "- **Продолжительность:** 1 ч 02 мин" in said
    assert "- **Место:** Москва, переговорная № 3" in said
    assert "| Борис Литвин | 44 с | 20 % |" in said
    assert "| Вера Смирнова | — | — |" in said


def test_action_items_are_a_table_with_who_until_when_and_where_it_was_said():
    assert (
        "| 1 | Проверить принтеры. | Борис Литвин | 20 марта 2026\u00a0г. (до пятницы) | "
        "0:05, 1:10 |"
    ) in text(sheet())


def test_an_agenda_item_that_was_not_reached_is_listed_as_such():
    assert "3. Отпуска (не рассмотрено)" in text(sheet())
    reached = text(sheet("protocol")).partition("## 3. Отпуска")[2]
    assert reached.strip().startswith("Вопрос не рассматривался.")


def test_a_topic_says_how_long_it_took_and_who_spoke():
    said = text(sheet())
    assert "[10:00] (12 мин: Анна Смирнова 67\u00a0%, Борис Литвин 33\u00a0%)" in said


def test_the_protocol_has_the_official_form():
    made = sheet("protocol")
    said = text(made)
    assert made.title == "ПРОТОКОЛ № ______ от 16 марта 2026\u00a0г."
    assert "- **Председатель:** А. Ковалёва" in said
    assert "- **Секретарь:** ____" in said
    assert "- **Присутствовали:** Анна Ковалёва, Борис Литвин, Вера Смирнова" in said
    assert "- **Голоса без имени:** Speaker 3" in said
    assert headings(made) == [
        "ПОВЕСТКА ДНЯ",
        "1. Дата запуска",
        "СЛУШАЛИ",
        "ВЫСТУПИЛИ",
        "ПОСТАНОВИЛИ",
        "2. Бюджет",
        "СЛУШАЛИ",
        "ВЫСТУПИЛИ",
        "ПОСТАНОВИЛИ",
        "3. Отпуска",
        "Приложение 1. Кратко",
    ]
    [signatures] = [block for block in made.blocks if isinstance(block, Signatures)]
    assert signatures.rows == (("Председатель", "А. Ковалёва"), ("Секретарь", ""))


def test_resolutions_stand_at_the_item_in_whose_stretch_they_were_made():
    said = text(sheet("protocol"))
    first, second = said.index("## 1. Дата запуска"), said.index("## 2. Бюджет")
    assert first < said.index("1.1. Запускаем второго апреля.") < second
    task = said.index("1.2. Проверить принтеры.")  # cited at 0:05 too, where Boris is introduced
    assert first < task < second < said.index("2.1. Бюджет 150 тысяч.")
    assert "Ответственный: Борис Литвин. Срок: 20 марта 2026\u00a0г. (до пятницы)." in said


def test_who_spoke_to_an_item_is_told_with_their_time():
    said = text(sheet("protocol"))
    assert "Анна Ковалёва (30 с), Борис Литвин (4 с)." in said
    assert "Борис Литвин (40 с), Speaker 3 (2 мин)." in said
    assert said.index("**Вопрос:** Нужны ли блогеры?") > said.index("## 2. Бюджет")


def test_the_number_of_approved_minutes_stands_in_the_title():
    approved = document(state="approved", approval={"number": 14, "year": 2026})
    made = sheet("protocol", written=approved)
    assert made.title.startswith("ПРОТОКОЛ № 14 от")
    assert made.running == ""
    assert "не утверждён" not in text(made)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_draft_says_so_at_the_top_and_on_every_page(layout):
    made = sheet(layout)
    assert made.running == "Черновик, версия 2. Не утверждён."
    assert "> Черновик, версия 2. Этот протокол не утверждён." in text(made)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_how_it_was_made_and_how_far_it_is_supported_is_said(layout):
    said = text(sheet(layout))
    assert "Составлен без языковой модели." in said
    assert "Подтверждено записью: 6 из 7 утверждений (85%)." in said
    assert "1 утверждение помечено как неподтверждённое." in said


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", ["summary", "topic", "decision", "action_item", "question"])
def test_an_unverified_statement_of_any_kind_bears_its_mark(layout, kind):
    doubtful = statement(kind, "Выдумка.", 40.0, verdict="unverified", reason="нет такого слова")
    written = document(sections=[section(kind, "Раздел", doubtful)])
    said = text(sheet(layout, written=written))
    marked = said.count("[не подтверждено: нет такого слова]")
    assert marked == said.count("Выдумка.") - said.count("1. Выдумка\n") >= 1


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", ["summary", "topic", "decision", "action_item", "question"])
def test_no_statement_is_lost_in_a_layout(layout, kind):
    written = document(
        sections=[section("own", "Свой раздел", *(statement(kind, f"Слово {n}.") for n in "абв"))]
    )
    said = text(sheet(layout, written=written, told=facts(agenda=())))
    assert all(f"Слово {n}" in said for n in "абв")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_english_exports_of_russian_minutes_speak_english_around_them(layout):
    made = sheet(layout, "en", transcript=True)
    told = [*headings(made), made.subject if layout == "minutes" else made.title, made.running]
    titles = {"1. Дата запуска", "2. Бюджет", "3. Отпуска"}
    assert not [line for line in told if re.search("[а-я]", line) and line not in titles]
    assert "Запускаем второго апреля." in text(made)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_russian_exports_hold_no_english_word(layout):
    made = sheet(layout, "ru", transcript=True)
    assert not re.search("[A-Za-z]{3,}", text(made).replace("Speaker 3", ""))


def test_the_transcript_stands_behind_only_if_it_is_wanted():
    assert "Доброе утро" not in text(sheet())
    said = text(sheet(transcript=True))
    assert "[0:00] **Анна Ковалёва:** Доброе утро, коллеги." in said
    assert "Приложение 2. Расшифровка" in text(sheet("protocol", transcript=True))


def test_a_long_speech_of_the_transcript_gets_a_new_paragraph_every_minute():
    turns = tuple(Turn(10.0 * n, 10.0 * n + 9, "Анна", "Слово.") for n in range(14))
    said = text(sheet(transcript=True, told=facts(turns=turns)))
    assert re.findall(r"\[(\d+:\d\d)\] \*\*Анна", said) == ["0:00", "1:00", "2:00"]


def test_a_meeting_of_which_nothing_is_known_has_a_document_all_the_same():
    written = document(sections=[], notes=[], support={"statements": 0}, writer="llm")
    told = Facts(title="Запись", held_at=HELD_AT)
    assert "16 марта" in text(sheet(written=written, told=told, transcript=True))
    made = sheet("protocol", written=written, told=told)
    [agenda] = [block for block in made.blocks if isinstance(block, Listing)]
    assert [plain(item) for item in agenda.items] == ["Запись"]


@pytest.mark.parametrize(
    ("minutes", "asked", "expected"),
    [("ru", "", "ru"), ("en-GB", "", "en"), ("ru", "en", "en"), ("de", "", "en"), ("", "", "en")],
)
def test_the_language_is_that_of_the_minutes_unless_another_is_asked_for(minutes, asked, expected):
    assert language_of({"language": minutes}, asked) == expected


@pytest.mark.parametrize("layout", LAYOUTS)
def test_points_of_any_template_stand_in_both_layouts_under_their_own_heading(layout):
    points = section("point", "Что мешает", statement("point", "Павел: жду доступ.", 30.0))
    own = section("point", "Риски проекта", statement("point", "Подрядчик опаздывает.", 50.0))
    written = document(sections=[points, own], template="standup")
    told = text(sheet(layout, written=written))
    assert "## Что мешает" in told and "Павел: жду доступ." in told
    in_english = text(sheet(layout, "en", written=written))
    assert "## Blockers" in in_english and "## Риски проекта" in in_english
    assert "Подрядчик опаздывает." in in_english
