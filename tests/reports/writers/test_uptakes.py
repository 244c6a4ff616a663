"""What was asked or proposed, taken up: by who asked, by who leads, by whom a day suits."""

import pytest

from tests.reports.writers.test_decisions import decisions, found


@pytest.mark.parametrize(
    ("talk", "told"),
    [
        (
            "A: Следующий созвон когда?\nB: Через две недели, двадцать восьмого?\nA: Да, ставьте.",
            "двадцать восьмого",
        ),
        ("A: When do we meet next, Joe?\nB: Tuesday at three?\nA: Tuesday works.", "Tuesday"),
        (
            "A: Субботник. Обычно у нас третья суббота.\nB: Восемнадцатое нормально.\n"
            "C: Восемнадцатое подходит.\nA: Ну и прекрасно, восемнадцатое апреля.",
            "восемнадцатое",
        ),
        ("A: Кого ставим старшей, Ира?\nB: Лену.\nA: Хорошо, Лену.", "Лену"),
        (
            "A: Do we change the supplier, Max?\nB: The new one is cheaper but slower.\n"
            "A: We're keeping the old one.",
            "keeping the old",
        ),
        (
            "A: Should we roll it out everywhere, Kim?\nB: I'd try it in one shop first.\n"
            "A: Good idea. One shop first, then everywhere.",
            "One shop first",
        ),
        (
            "A: Насосы инженеру показывали, Света?\n"
            "B: Показывали, ремонт восемнадцать тысяч, а новый стоит шестьдесят.\nA: Чините.",
            "ремонт",
        ),
        (
            "A: Ещё предлагают рекламу на радио. Вера?\nB: Дорого и никто не слушает.\n"
            "A: Не берём.",
            "Не берём",
        ),
        (
            "A: The motion is to move the fair. In favour? Two. Against? Three. The motion is "
            "lost.",
            "lost",
        ),
        (
            "A: Есть Кострома и Вологда. Жанна?\nB: В Костроме зал лучше.\nA: Решили, Кострома.",
            "Костром",
        ),
    ],
)
def test_what_is_taken_up_is_decided(talk, told):
    assert any(told.casefold() in text.casefold() for text in decisions(talk)), decisions(talk)


@pytest.mark.parametrize(
    "talk",
    [
        "A: Сколько у нас человек?\nB: Сорок.\nA: Хорошо, сорок.",
        "A: How many came, Kim?\nB: Forty.\nA: Okay, forty.",
        "A: What's the price now?\nB: Nine euros.\nA: Right, nine euros.",
        "A: Когда у него отпуск?\nB: В мае?\nA: Да, в мае.",
        "A: Was it on Tuesday?\nB: Yes, Tuesday.",
        "A: Would Friday work?\nB: Not really, I'm away.",
        "A: Делаем перерыв?\nB: Давайте.\nA: Хорошо, перерыв десять минут.",
        "A: А если без интеграции?\nB: Тогда люди будут два раза забивать одно и то же.",
        "A: Repair or replacement?\nB: Then replacement is better value, surely.\nA: Hmm.",
    ],
)
def test_facts_said_again_and_arguments_decide_nothing(talk):
    assert found(talk) == []


def test_an_outcome_against_is_told_as_one():
    talk = "A: Поступила заявка от соседнего клуба. Кто за? Никого. Заявка отклонена."
    assert any("отклонена" in text for text in decisions(talk))
