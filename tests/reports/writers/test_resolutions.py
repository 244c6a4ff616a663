"""Matters that are resolved without anybody saying «decided»."""

import pytest

from tests.reports.writers.test_decisions import decisions, found


@pytest.mark.parametrize(
    ("talk", "told"),
    [
        (
            "A: Где снимаем маяк?\nB: Есть Териберка и Анива, Териберка ближе.\n"
            "A: Ну, значит, Териберка.",
            "Териберка",
        ),
        (
            "A: Monday or Thursday for the release?\nB: Thursday suits the testers.\n"
            "A: Fine, Thursday then.",
            "Thursday",
        ),
        (
            "A: Что скажете, Борис? Шестидневка или пятидневка?\nB: Группа за пятидневку.\n"
            "A: Пятидневка.",
            "Пятидневка",
        ),
        (
            "A: Что с бетоном, Марат?\nB: Может, брать у другого завода?\n"
            "C: Я за.\nA: Ладно, тогда так и делаем.",
            "другого завода",
        ),
        (
            "A: What about lunch?\nB: What about a separate line for sandwiches?\n"
            "C: I like that.\nA: Then that's what we'll do.",
            "separate line for sandwiches",
        ),
        (
            "A: Первый вариант дороже, второй готов сразу.\nB: Я бы взял второй.\n"
            "A: Хорошо, берём второй вариант.",
            "второй",
        ),
        (
            "A: На восьми тысячах и остановимся? Руки поднимите.\nA: Сорок один. Принято.",
            "На восьми тысячах",
        ),
        ("A: С сегодняшнего дня без каски на этаж никого не пускаем.", "Без каски"),
        (
            "A: Should we still deploy in the evening?\nB: I'd rather not deploy after four.\n"
            "A: Right, no deploys after four from now on.",
            "no deploys after four",
        ),
        (
            "A: Дорога.\nB: Щебня надо три машины.\nA: Возражений против щебня не слышу. "
            "Будем сыпать.",
            "Будем сыпать",
        ),
        (
            "A: Phones. What do you think, Maya?\nB: I honestly don't know.\n"
            "A: Let's come back to it in November.",
            "November",
        ),
        (
            "A: Дальше должники. Зоя, что думаете?\nB: Надо юриста спросить.\nA: Отложим на июль.",
            "июль",
        ),
    ],
)
def test_what_settles_a_matter_is_told_with_the_matter(talk, told):
    assert any(told.casefold() in text.casefold() for text in decisions(talk)), decisions(talk)


@pytest.mark.parametrize(
    "talk",
    [
        "A: Где снимаем?\nB: У соседей решили снимать в павильоне.\nA: Это у них.",
        "A: Lunch is slow, isn't it?\nB: At my cousin's school they decided to eat in shifts.",
        "A: Если бы дали второго крановщика, тогда работали бы ночью.\nB: Не дадут.",
        "A: If the grant comes, we could rent a pool.\nB: We'll see then.",
        "A: Может, крокодила заведём?\nB: Сам с ним и гуляй.",
        "A: Можно убрать кабинет, тогда выйдет четыреста.\nB: Без кабинета нельзя.",
        "A: Сколько это стоит?\nB: Тысяч сорок.\nA: А, ну тогда понятно.",
        "A: Can we get a ping-pong table?\nB: Put it in writing, to my spam folder.",
        "A: Про ремонт говорить не будем, времени нет. Вернёмся в мае.",
        "A: Давайте возьмём кредит.\nB: Я против.\nA: Тогда вопрос снят.",
    ],
)
def test_what_is_reported_imagined_joked_or_refused_settles_nothing(talk):
    assert decisions(talk) == []


def test_a_short_resolution_rests_on_what_it_resolves():
    talk = "A: Шестое или двенадцатое?\nB: Двенадцатое занято.\nA: Тогда шестое."
    (decision,) = found(talk)
    assert [p.segment for s in decision.sources for p in s.parts] == [1, 3]


def test_whoever_opened_the_matter_is_cited_where_the_resolution_says_little():
    talk = (
        "A: Шлагбаум. Что скажете, Полина?\nB: Предлагаю поставить его осенью.\n"
        "C: Согласен.\nA: Так и сделаем."
    )
    (decision,) = found(talk)
    assert decision.text.startswith("Шлагбаум.")
