"""What became of open items at the next meeting, on written talks in Russian and English."""

from datetime import date
from pathlib import Path

import pytest

from reports.carry_over import OpenItem, follow_up
from tests.reports.writers.talk import MONDAY, meeting

BEFORE = date(2026, 3, 9)

REPORT = OpenItem(1, "Анна подготовит отчёт по продажам.", BEFORE, "Анна", date(2026, 3, 13))
CONTRACT = OpenItem(2, "Подписать договор с подрядчиком", BEFORE, "Пётр")
ESTIMATE = OpenItem(3, "Проверить смету.", BEFORE, "Олег", date(2026, 3, 27))
OFFER = OpenItem(4, "Tom will send the offer to the client.", BEFORE, "Tom", date(2026, 3, 12))
TESTS = OpenItem(5, "Fix the login tests", BEFORE, "Kate")


def became(item, talk, **known):
    [outcome] = follow_up([item], meeting(talk, **known))
    return outcome


DONE = [
    (REPORT, "A: Отчёт по продажам я отправила во вторник."),
    (REPORT, "A: Отчёт по продажам готов, он в общей папке."),
    (REPORT, "A: Анна, что с отчётом по продажам?\nB: Готово, отправила вчера всем."),
    (REPORT, "A: Анна, что с отчётом?\nB: Сделала, лежит в папке."),
    (REPORT, "A: Отчёт по продажам подготовила?\nB: Да."),
    (REPORT, "A: Первый пункт, отчёт по продажам. Он готов."),
    (REPORT, "A: Отчёт по продажам ещё не готов.\nB: Нет, он уже готов. Отчёт по продажам сделан."),
    (CONTRACT, "A: Договор с подрядчиком подписали в среду."),
    (CONTRACT, "A: Договор с подрядчиком подписан, а смета ещё нет."),
    (CONTRACT, "A: По договору с подрядчиком. Вопрос закрыт, оригинал у юристов."),
    (ESTIMATE, "A: Смету проверил, замечаний нет, всё сходится."),
    (ESTIMATE, "A: Что со сметой?\nB: Проверил, ошибок не нашёл."),
    (OFFER, "A: I sent the offer to the client on Tuesday."),
    (OFFER, "A: What about the offer to the client?\nB: Done, they have it."),
    (OFFER, "A: Did the offer go out to the client?\nB: Yes, sent it yesterday."),
    (OFFER, "A: The offer for the client is signed and delivered."),
    (TESTS, "A: The login tests are fixed."),
    (TESTS, "A: Kate, the login tests?\nB: All fixed and merged last night."),
]

MENTIONED = [
    (REPORT, "A: Отчёт по продажам ещё не готов."),
    (REPORT, "A: Отчёт по продажам отправлю завтра."),
    (REPORT, "A: Что с отчётом по продажам?\nB: Пока нет, делаю."),
    (REPORT, "A: Отчёт по продажам почти готов, осталось проверить цифры."),
    (REPORT, "A: Если отчёт по продажам будет готов, обсудим его в среду."),
    (REPORT, "A: Отчёт по продажам должна была подготовить Анна."),
    (REPORT, "A: Отчёт по продажам готов. Ой, нет, отчёт по продажам ещё не готов."),
    (REPORT, "A: Макеты отправили, а отчёт по продажам ещё не сделали."),
    (REPORT, "A: Хорошо бы отчёт по продажам сделали к пятнице."),
    (REPORT, "A: Отчёт по продажам не подготовили."),
    (CONTRACT, "A: Договор с подрядчиком у юристов."),
    (CONTRACT, "A: Договор с подрядчиком подпишем на этой неделе."),
    (OFFER, "A: The offer to the client is not ready yet."),
    (OFFER, "A: I'll send the offer to the client tomorrow."),
    (OFFER, "A: The offer for the client should be sent this week."),
    (OFFER, "A: What about the offer to the client?\nB: Still working on it."),
    (OFFER, "A: Once the offer to the client is sent, we can plan the launch."),
    (TESTS, "A: The login tests haven't been fixed."),
    (TESTS, "A: We need to get the login tests fixed."),
]

UNSPOKEN = [
    (REPORT, "A: Отчёт по безопасности готов."),
    (REPORT, "A: Продажи выросли на пять процентов.\nB: Отлично, готово."),
    (REPORT, "A: Анна, спасибо, всё сделали.\nB: Макеты отправили клиенту."),
    (CONTRACT, "A: Подрядчик сделал новый сайт."),
    (CONTRACT, "A: Смета готова."),
    (OFFER, "A: The client called on Monday."),
    (OFFER, "A: We sent the invoice to the bank. Done."),
    (TESTS, "A: The login page is live now."),
    (TESTS, ""),
]


@pytest.mark.parametrize(("item", "talk"), DONE)
def test_what_is_said_to_be_done(item, talk):
    outcome = became(item, talk)
    assert outcome.kind == "done"
    assert outcome.evidence


@pytest.mark.parametrize(("item", "talk"), MENTIONED)
def test_what_is_only_spoken_of(item, talk):
    outcome = became(item, talk)
    assert outcome.kind == "mentioned"
    assert outcome.evidence


@pytest.mark.parametrize(("item", "talk"), UNSPOKEN)
def test_what_nobody_speaks_of_is_silent_or_overdue(item, talk):
    outcome = became(item, talk) if talk else follow_up([item], meeting("A: x", segments=()))[0]
    late = item.due is not None and item.due < MONDAY
    assert (outcome.kind, outcome.evidence) == ("overdue" if late else "silent", ())


def test_the_assignees_own_words_count_for_a_thing_named_in_short():
    talk = "A: Отчёт отправила.\nB: Спасибо."
    assert became(REPORT, talk, speakers={"A": "Анна", "B": "Пётр"}).kind == "done"
    assert became(REPORT, talk, speakers={"A": "Ольга", "B": "Пётр"}).kind == "overdue"


def test_another_thing_of_that_kind_is_not_taken_for_an_item_of_one_thing():
    assert became(ESTIMATE, "A: Смета на ремонт готова.").kind != "done"


def test_what_is_due_today_is_not_overdue():
    item = OpenItem(1, "Проверить смету.", BEFORE, due=MONDAY)
    assert became(item, "A: Всем привет.").kind == "silent"


def test_the_evidence_is_the_question_and_its_answer():
    outcome = became(REPORT, DONE[2][1])
    assert [e.quote for e in outcome.evidence] == [
        "Анна, что с отчётом по продажам?",
        "Готово, отправила вчера всем.",
    ]


def test_each_item_gets_its_own_outcome_done_ones_first():
    talk = """
    A: Договор с подрядчиком у юристов.
    B: Смету проверил.
    """
    found = follow_up([REPORT, CONTRACT, ESTIMATE], meeting(talk))
    assert [(o.item.key, o.kind) for o in found] == [
        (3, "done"),
        (2, "mentioned"),
        (1, "overdue"),
    ]


def further_pairs():
    pairs = Path(__file__).with_name("carry_over_pairs.txt").read_text().split("\n\n")[1:]
    for pair in pairs:
        head, talk = pair.split("\n", 1)
        kind, text, assignee = head.split(" | ")
        yield pytest.param(kind, OpenItem(0, text, BEFORE, assignee), talk, id=f"{kind}: {text}")


@pytest.mark.parametrize(("kind", "item", "talk"), further_pairs())
def test_further_pairs_of_meetings(kind, item, talk):
    assert became(item, talk).kind == kind
