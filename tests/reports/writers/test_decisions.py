import pytest

from reports.writers.decisions import find_decisions
from reports.writers.tasks import find_tasks
from reports.writers.withdrawals import standing
from tests.reports.writers.talk import MONDAY, heard


def found(talk):
    said, people = heard(talk)
    decided = find_decisions(said, find_tasks(said, people, MONDAY), MONDAY)
    return standing(decided, said)


def decisions(talk):
    return [f.text for f in found(talk)]


@pytest.mark.parametrize(
    ("talk", "text"),
    [
        (
            "A: Значит, решили: запускаем доставку второго апреля.",
            "Запускаем доставку второго апреля.",
        ),
        (
            "A: Значит, решили, запускаем доставку второго апреля.",
            "Запускаем доставку второго апреля.",
        ),
        ("A: Хорошо, фиксируем: бюджет сто сорок тысяч.", "Бюджет сто сорок тысяч."),
        ("A: Утверждаем план на второй квартал.", "Утверждаем план на второй квартал."),
        ("A: Then it is decided: we release on Monday.", "We release on Monday."),
        ("A: Then it is decided.\nA: We release on Monday.", "We release on Monday."),
        (
            "A: Agreed. Spanish goes in, Polish is postponed.",
            "Spanish goes in, Polish is postponed.",
        ),
        ("A: We go with the compressed version.", "We go with the compressed version."),
        (
            "A: Ладно, переносим релиз на тринадцатое апреля.\nB: Ок.",
            "Переносим релиз на тринадцатое апреля.",
        ),
    ],
)
def test_a_decision_is_told_without_the_words_that_announce_it(talk, text):
    assert decisions(talk) == [text]


def test_a_proposal_that_is_accepted_is_decided():
    assert decisions("A: Предлагаю взять студию «Пиксель».\nB: Решено.") == [
        "Предлагаю взять студию «Пиксель»."
    ]
    (decision,) = found("A: I propose Globex as the vendor.\nB: Agreed.")
    assert len(decision.sources) == 2


def test_what_nobody_objects_to_is_decided():
    talk = "A: Тогда второе апреля, это четверг. Возражения есть?\nB: Возражений нет."
    assert decisions(talk) == ["Второе апреля, это четверг."]


def test_a_summing_up_adds_evidence_and_what_is_new():
    talk = """
    A: Решили: запускаем доставку второго апреля.
    B: Хорошо.
    A: Подведём итоги. Запуск второго апреля, двух курьеров нанимаем.
    """
    launch, hire = found(talk)
    assert {p.segment for s in launch.sources for p in s.parts} == {1, 3}
    assert hire.text == "Двух курьеров нанимаем."


@pytest.mark.parametrize(
    "talk",
    [
        "A: Мы ещё не решили, какой будет бюджет.",
        "A: Решения по самокатам сегодня нет, вернёмся к этому вопросу в мае.",
        "A: В прошлый раз решили взять паузу по сайту.",
        "A: Решили запускать доставку второго апреля?",
        "A: Печенье в протокол не вносим.",
        "A: Then we do not promise it.",
        "A: We have not agreed on the budget yet.",
        "A: If it is decided next week, we hire two people.",
        "A: Last time we agreed to wait with the site.",
        "A: Agreed. Next item, languages.",
        "A: Agreed. I had the same problem with my laptop.",
        "A: Тогда выпускаем версию девятого апреля.\nB: Я против, у нас миграция базы.",
        "A: Решили: отпуск всем до мая.\nB: Шутка.",
    ],
)
def test_what_is_open_past_or_joked_is_no_decision(talk):
    assert decisions(talk) == []
