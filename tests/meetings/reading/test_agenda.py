"""Agendas in documents: the list under the heading, whatever it looks like, and no other list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.reading import read
from meetings.reading.agenda import LONGEST_ITEM, MOST_ITEMS, items
from tests.meetings.reading import documents

WANTED = ["Смета на 2027 год", "График ремонта", "Разное"]


@pytest.mark.parametrize(
    "text",
    [
        "Повестка дня\n1. Смета на 2027 год\n2. График ремонта\n3. Разное",
        "ПОВЕСТКА ДНЯ:\n1) Смета на 2027 год;\n2) График ремонта;\n3) Разное.\n\nПриглашённые: все",
        "Повестка дня заседания 12 марта\n\n• Смета на 2027 год\n• График\nремонта\n• Разное",
        "## Повестка дня\n\n- [ ] Смета на 2027 год\n- [x] **График ремонта**\n- Разное\n\nТекст.",
        "Повестка дня: 1. Смета на 2027 год 2. График ремонта 3. Разное",
        "Повестка собрания\nСмета на 2027 год\nГрафик ремонта\nРазное\n\nНачало в 10:00",
        "Повестка:\n1. Смета на 2027 год\n1.1. Кровля\n1.2. Подвал\n2. График ремонта\n3. Разное",
        "Повестка дня\n1.\tСмета на 2027 год\n2.\tГрафик ремонта\n3.\tРазное\nПРИСУТСТВОВАЛИ",
    ],
)
def test_the_list_under_the_heading_is_the_agenda(text):
    assert items([text]) == WANTED


@pytest.mark.parametrize(
    "text",
    [
        "Agenda\n1. Budget\n2. Hiring",
        "Meeting agenda:\n\n* Budget\n* Hiring\n\nAttendees: all",
        "**Agenda**\nBudget\nHiring",
        "Agenda: budget; hiring",
    ],
)
def test_english_agendas_are_found_as_well(text):
    assert [item.lower() for item in items([text])] == ["budget", "hiring"]


@pytest.mark.parametrize(
    "text",
    [
        "1. Смета\n2. Ремонт",
        "Мы обсудили повестку дня и перешли к делу.\n1. Смета",
        "Повестка дня",
        "The hidden agenda of our rivals is clear to everybody here, is it not\n- no",
        "",
    ],
)
def test_nothing_is_guessed_where_no_agenda_is_announced(text):
    assert items([text]) == []


def test_it_is_found_in_every_format(tmp_path):
    for data in (documents.budget(), documents.word(), documents.word(breaks=False)):
        assert items(read(documents.on_disk(tmp_path, data)).pages) == WANTED
    deck = read(documents.on_disk(tmp_path, documents.slides()))
    assert items(deck.pages)[:2] == ["Budget", "Hiring"]


def test_an_agenda_may_go_on_on_the_next_page_and_a_huge_one_is_bounded():
    assert items(["Agenda\n1. Budget\n2. Hiring", "3. Roof"]) == ["Budget", "Hiring", "Roof"]
    many = "Agenda\n" + "\n".join(f"{n % 90 + 1}. {'x' * 900}" for n in range(500))
    found = items([many])
    assert (len(found), len(found[0])) == (MOST_ITEMS, LONGEST_ITEM)


@given(st.lists(st.text(max_size=300), max_size=5))
def test_any_text_gives_short_clean_items(pages):
    for item in items(["Agenda\n" + page for page in pages]):
        assert item == " ".join(item.split())
        assert 0 < len(item) <= LONGEST_ITEM
