"""Decisions by their own form: conditions, bans, allotments, limits, what becomes of a thing."""

import pytest

from tests.reports.writers.test_decisions import decisions, found


@pytest.mark.parametrize(
    ("talk", "told"),
    [
        (
            "A: The steel is late again. What do we do, Ben?\nB: They promised tomorrow.\n"
            "A: If they don't deliver by noon, we order elsewhere.\nB: Okay.",
            "order elsewhere",
        ),
        (
            "A: Что с подрядчиком, Иван?\nB: Молчат.\n"
            "A: Если до пятницы не ответят, отказываемся от них.\nB: Понял.",
            "отказываемся",
        ),
        (
            "A: Кран. Что там, Паша?\nB: Трос лопнул.\n"
            "A: Пока не починят, никаких подъёмов.\nB: Понял.",
            "никаких подъёмов",
        ),
        (
            "A: And the roof, Paul?\nB: It's slippery up there.\n"
            "A: Then nobody goes up without a harness.\nB: Right.",
            "without a harness",
        ),
        (
            "A: We have one slot left. Who needs it, Tom?\nB: Anna asked for it first.\n"
            "A: Then it goes to Anna.\nB: Fine.",
            "goes to Anna",
        ),
        (
            "A: How many guests, Ann?\nB: Could be eighty.\nA: Too many. We cap it at fifty.\n"
            "B: Okay.",
            "fifty",
        ),
        (
            "A: Сколько гостей, Аня?\nB: Можно восемьдесят.\nA: Нет, не больше пятидесяти.",
            "не больше пятидесяти",
        ),
        (
            "A: Поездка. Что думаете, Лена?\nB: Прогноз плохой, шторм.\n"
            "A: Всё, поездка отменяется.\nB: Жаль.",
            "поездка отменяется",
        ),
        (
            "A: What about the deadline, Sam?\nB: The ninth would work.\n"
            "A: Fine, the deadline moves to the ninth.",
            "moves to the ninth",
        ),
        (
            "A: Визиты родственников. Жалуются, Игорь?\nB: В выходные можно бы и днём пускать.\n"
            "A: Главный врач против, так что оставляем как есть.",
            "как есть",
        ),
        (
            "A: The newsletter. We have no time for it, so it goes to the next meeting.\nB: Fine.",
            "next meeting",
        ),
        (
            "A: Anything else, Lucy?\nB: No.\nA: From next week on we meet at eleven.",
            "eleven",
        ),
        ("A: Порядок такой: сначала склад, потом магазин.\nB: Понятно.", "склад"),
        ("A: So the plan is: two shifts in June, one in July.\nB: Good.", "two shifts"),
        ("A: Курить на складе запрещаю, штраф пять тысяч.", "запрещаю"),
        ("A: Here's the estimate, two hundred thousand.\nB: I approve the estimate.", "estimate"),
    ],
)
def test_a_decision_is_told_by_its_form(talk, told):
    assert any(told.casefold() in text.casefold() for text in decisions(talk)), decisions(talk)


@pytest.mark.parametrize(
    "talk",
    [
        "A: Если бы завтра завод дал, заказали бы там.\nB: Не даст.",
        "A: If we sell the car, can I have the space?\nB: No.",
        "A: If we're lucky, we finish by five.\nB: Fingers crossed.",
        "A: Если останутся деньги, купим ещё один.\nB: Хорошо бы.",
        "A: What if we closed on Mondays?\nB: We'd lose a fifth of the sales.\nA: True, forget it.",
        "A: Then we lose the deposit.\nB: Right.",
        "A: Никаких новостей нет?\nB: Никаких.",
        "A: Nobody likes going home without a coat.\nB: Sure.",
        "A: Никто не любит работать без отпуска.\nB: Это да.",
        "A: How was the trip?\nB: The train goes to Leeds in two hours now.\nA: Nice.",
        "A: У них поезд отменяется каждую неделю.\nB: Ужас.",
        "A: Он сказал, что проект закрывается.\nB: Жалко.",
        "A: Если нагреть, объём увеличивается.\nB: Понятно.",
    ],
)
def test_wishes_outcomes_and_how_things_are_decide_nothing(talk):
    assert found(talk) == []
