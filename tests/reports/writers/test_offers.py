"""Tasks that somebody takes on without being charged by name."""

import pytest

from reports.writers.tasks import find_tasks
from tests.reports.writers.talk import MONDAY, heard


def tasks(talk):
    said, people = heard(talk)
    return find_tasks(said, people, MONDAY)


@pytest.mark.parametrize(
    ("talk", "who", "told"),
    [
        ("A: Кто подпишет договор со сторожем?\nB: Давайте я.", "Speaker 2", "договор"),
        (
            "A: We need a new insurance quote. Petra?\nB: Sure, by the end of the month.",
            "Speaker 2",
            "quote",
        ),
        ("A: Can somebody ask about the tables?\nB: I can.", "Speaker 2", "tables"),
        ("A: Somebody still has to book the bus.\nB: That's me, I'll do it.", "Speaker 2", "bus"),
        ("A: Выписку напишешь?\nB: К обеду завтра сделаю.", "Speaker 2", "Выписку"),
        ("A: Can you have the fix out?\nB: Wednesday evening, yeah.", "Speaker 2", "fix"),
        ("A: Мешок муки возьмём.\nB: Закажу.", "Speaker 2", "муки"),
        (
            "A: Вторая бытовка нужна.\nB: Могу перекинуть пустую со склада.\nA: Отлично.",
            "Speaker 2",
            "пустую",
        ),
        (
            "A: I could do a survey about phones.\nB: That would be really useful.",
            "Speaker 1",
            "survey",
        ),
        (
            "A: Журнал по сварке не заполнен, до десятого чтобы был.\nB: Сделаю.",
            "Speaker 2",
            "Журнал",
        ),
    ],
)
def test_who_takes_a_task_on_is_charged_with_it(talk, who, told):
    (task,) = tasks(talk)
    assert task.person.name == who
    assert told in task.text


@pytest.mark.parametrize(
    "talk",
    [
        "A: Кто за новый насос?\nB: Я за.",
        "A: I could see the river from there.\nB: Great.",
        "A: I could do a survey.\nB: No, we had three last year.",
        "A: Надо откатить версию.\nB: Попробую.",
        "A: I'll bring paint for the shed.\nB: No, hold on, the caretaker does that.",
        "A: Отложим этот вопрос на июль.",
    ],
)
def test_nobody_is_charged_by_votes_refused_offers_or_attempts(talk):
    assert tasks(talk) == []


def test_consent_fills_in_the_day_of_the_request_and_makes_no_second_task():
    (task,) = tasks("A: Лиза, позвони агенту.\nB: Позвоню сегодня.")
    assert task.deadline.day == MONDAY
