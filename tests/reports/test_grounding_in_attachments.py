"""Statements that rest on attachments: what is written supports words, but decides nothing."""

import pytest

from reports.grounding import Metadata, Verdict, check
from reports.writers.base import Evidence, Page, Segment, Statement
from tests.reports.writers.talk import MONDAY

KNOWN = Metadata(("Совет дома",), MONDAY, {"S1": "Алексей Ветров", "S2": "Ольга Климова"})
PAGE = Page(
    7,
    "Смета.pdf",
    3,
    "Ремонт кровли составит 480 000 рублей.\nСдать работы до 20 апреля.\n"
    "Подрядчик — Орлов. Подвал не ремонтируется.",
)
SAID = Segment(1, 0.0, 4.0, "S1", "Ну что, смету все видели, решили: принимаем её как есть.")


def verdict(text, *quotes, kind="figure", said="", page=7, **fields):
    written = tuple(Evidence.written(page, quote) for quote in quotes)
    spoken = (Evidence(1, 0.0, 4.0, said),) if said else ()
    statement = Statement(kind, text, (*spoken, *written), **fields)
    return check(statement, {1: SAID}, KNOWN, {7: PAGE})


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Ремонт кровли: 480 тысяч рублей.", "Ремонт кровли составит 480 000 рублей"),
        ("Работы сдают до 20 апреля 2026 года.", "Сдать работы до 20 апреля"),
        ("Кровлю ремонтирует Орлов.", "Ремонт кровли составит 480 000 рублей.\nПодрядчик — Орлов"),
        ("Подвал не ремонтируется.", "Подвал не ремонтируется"),
    ],
)
def test_what_is_written_supports_numbers_days_and_names(text, quote):
    quotes = quote.split("\n")
    assert verdict(text, *quotes) == Verdict("supported")


@pytest.mark.parametrize(
    ("text", "quote", "reason"),
    [
        ("Ремонт кровли: 490 тысяч.", "Ремонт кровли составит 480 000", "number_not_in_evidence"),
        ("Работы сдают до 21 апреля.", "Сдать работы до 20 апреля", "date_not_in_evidence"),
        ("Подрядчик — Климова.", "Подрядчик — Орлов", "name_not_in_evidence"),
        ("Подвал ремонтируется.", "Подвал не ремонтируется", "contradicted"),
        ("Закупаем новые серверы весной.", "Сдать работы до 20 апреля", "other_matter"),
        ("Ремонт кровли.", "Ремонт кровли отменён", "quote_not_on_page"),
        ("Ремонт кровли.", "", "quote_not_on_page"),
    ],
)
def test_what_is_not_written_there_is_unverified(text, quote, reason):
    assert verdict(text, quote).reason == reason


def test_a_page_of_another_meeting_is_no_evidence():
    assert verdict("Ремонт кровли.", "Ремонт кровли", page=8) == Verdict(
        "unverified", "page_missing", "8"
    )


@pytest.mark.parametrize("kind", ["decision", "action_item"])
def test_what_is_only_written_was_not_decided(kind):
    text, quote = "Сдать работы до 20 апреля.", "Сдать работы до 20 апреля"
    assert verdict(text, quote, kind=kind).reason == "not_decided"


def test_a_decision_that_was_said_may_take_its_numbers_from_what_is_written():
    found = verdict(
        "Смету приняли: ремонт кровли за 480 000 рублей.",
        "Ремонт кровли составит 480 000 рублей",
        kind="decision",
        said="решили: принимаем её как есть",
    )
    assert found == Verdict("supported")
