"""Matters resolved by an answer: an echo, a yes, a no, a permission, a course in the present."""

import pytest

from tests.reports.writers.test_decisions import decisions, found


@pytest.mark.parametrize(
    ("talk", "told"),
    [
        ("A: Мука. Возьмём мешок на пробу.\nB: Мешок возьмём.", "мешок"),
        (
            "A: Просят торт на сто двадцать человек. Берём?\nB: Я не успею одна.\nA: Помогу.\n"
            "B: Тогда берём.",
            "торт",
        ),
        (
            "A: Кто что думает, Борис?\nB: Можно начать с одного склада в Химках.\n"
            "A: Значит, пилот на складе в Химках.\nB: Да.",
            "пилот",
        ),
        (
            "A: Что ещё, Борис?\nB: Давайте обедать в час.\nA: Договорились.",
            "обедать",
        ),
        (
            "A: Что ещё, Рустам?\nB: А по субботам?\nA: По субботам можно.",
            "субботам",
        ),
        (
            "A: Что у вас, Инга?\nB: Дочь просит, чтоб до пятницы подержали.\n"
            "A: Нет, держать не будем.",
            "держать не будем",
        ),
        (
            "A: What else, Gwen?\nB: There's the offer from the brewery.\nC: I'm uncomfortable.\n"
            "A: We decline, with thanks.",
            "We decline",
        ),
        (
            "A: What do we do about the oven, Mei?\nB: I'd rather freeze-dry the samples.\n"
            "A: I think freeze-drying is the right way.\nB: Okay.",
            "freeze-drying is the right way",
        ),
        (
            "A: Что скажете, Борис? Чинить насосы или покупать новые?\nB: Чинить дешевле.\n"
            "A: Чините.",
            "Чинить",
        ),
    ],
)
def test_an_answer_decides(talk, told):
    assert any(told.lower() in text.lower() for text in decisions(talk)), decisions(talk)


@pytest.mark.parametrize(
    "talk",
    [
        "A: Новый насос стоит семьдесят пять.\nB: Ой, семьдесят пять!",
        "A: Если бы нам второго дали, можно было бы и ночью.\nB: Не дадут.",
        "A: Давайте дальше.\nB: Хорошо.",
        "A: Let's move on.\nB: Okay.",
        "A: How was it, Samir?\nB: We used it eleven days last year.",
        "A: Can everybody see the board?\nB: So we missed a bit.",
    ],
)
def test_what_only_reacts_decides_nothing(talk):
    assert found(talk) == []


def test_a_vote_that_is_counted_in_one_breath_carries_what_was_put():
    talk = (
        "A: Предлагаю принять за основу второй эскиз. Кто за? Четверо. Воздержался один. "
        "Решение принято."
    )
    assert "второй эскиз" in decisions(talk)[0]


def test_nobody_objecting_makes_a_course_a_decision():
    talk = (
        "A: Что скажете, Нина?\nB: Можно силами городского хозяйства.\n"
        "A: Есть возражения? Нет. Поручаем городскому хозяйству."
    )
    assert "Поручаем городскому хозяйству" in decisions(talk)[-1]
