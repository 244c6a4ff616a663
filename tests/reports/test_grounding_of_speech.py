"""The checker on what people shorten, reckon or refuse in speech: rules by example."""

from datetime import date

import pytest

from reports.grounding import Metadata
from reports.writers.base import Statement
from tests.reports.test_grounding import ASKED, KNOWN, spoken, verdict


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Connectors cost 1.70.", "the connectors are one seventy in volume"),
        ("The plan is 9.99 a month.", "the plan's nine ninety-nine a month"),
        ("The scrap value is 250.", "as scrap value he gives two fifty"),
        ("The zone costs 12.50.", "the zone, twelve pounds fifty"),
        ("Ремонт 4 миллиона 200 тысяч.", "ремонт четыре миллиона двести"),
        ("Ремонт своими силами 2,6 миллиона.", "не за четыре миллиона, своими ремонт два шестьсот"),
        ("Сдают по 4500 рублей.", "сдаём по четыре пятьсот"),
        ("Ответ за 2,1 секунды.", "ответ за две целых одну десятую секунды"),
        ("Доля 0,25.", "доля ноль целых двадцать пять сотых"),
        ("Доля девяносто девять и две десятых.", "доля девяносто девять и два"),
        ("Handover is at 7:45.", "handover at quarter to eight"),
        ("Handover is at quarter to eight.", "handover at 7:45"),
        ("Сбор в 7:30.", "сбор в полвосьмого"),
        ("Сбор в 7:50.", "сбор без десяти восемь"),
    ],
)
def test_amounts_and_times_are_read_as_people_shorten_them(text, said):
    assert verdict(text, said).verdict == "supported"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Connectors cost 1.80.", "the connectors are one seventy in volume"),
        ("The scrap value is 260.", "as scrap value he gives two fifty"),
        ("Ремонт своими силами 2,6 миллиона.", "ремонт своими силами два пятьсот"),
        ("Ответ за 2,2 секунды.", "ответ за две целых одну десятую секунды"),
        ("Handover is at 7:15.", "handover at quarter to eight"),
    ],
)
def test_another_amount_or_time_is_flagged(text, said):
    assert verdict(text, said).reason == "number_not_in_evidence"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The beta opens on 22 March.", "the beta opens on the twenty-second with two hundred"),
        ("Праздник 17 апреля.", "праздник семнадцатое пятница"),
        ("Праздник 29 мая.", "праздник двадцать девятое тогда, да? весь май, да"),
        ("По субботам в апреле.", "по субботам, весь апрель"),
        ("Handover moves from next week.", "handover moves, starting next week"),
        ("Премия за март 12 процентов.", "премия за март двенадцать"),
        ("In one week of January five of 19 were off.", "five of 19 off in a week in January"),
        ("Leave from December to February, first come.", "leave from December to February"),
    ],
)
def test_days_are_read_as_people_say_them(text, said):
    assert verdict(text, said).verdict == "supported"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The beta opens on 22 April.", "the beta opens on the twenty-second with two hundred"),
        ("The beta opens on 22 March.", "the twenty-second customer opens the beta"),
        ("Праздник 17 марта.", "праздник семнадцатое пятница"),
        ("Праздник 2 апреля.", "праздник в апреле, у нас второе место"),
        ("Запуск 12 апреля.", "запуск в апреле"),
    ],
)
def test_another_day_is_flagged(text, said):
    assert verdict(text, said).reason == "date_not_in_evidence"


@pytest.mark.parametrize(
    ("due_text", "due", "said"),
    [
        ("a week", date(2026, 3, 23), "I'll measure it. Give me a week."),
        ("неделю", date(2026, 3, 23), "Измерю. Дайте мне неделю."),
        ("in the morning", date(2026, 3, 17), "I'll measure it in the morning."),
        ("the thirtieth", date(2026, 3, 30), "I'll measure it. So, the thirtieth."),
    ],
)
def test_a_due_day_may_be_said_by_its_number_or_a_length_of_time(due_text, due, said):
    text = "Измерить." if "Измерю" in said else "Measure it."
    fields = {"due_text": due_text}
    assert verdict(text, said, due=due, **fields).verdict == "supported"
    late = due.replace(day=due.day + 1)
    assert verdict(text, said, due=late, **fields).reason == "date_not_in_evidence"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("We appoint Dr Banerjee.", "Doctor Banerjee, we appoint her"),
        ("We send the CTs out.", "the CT backlog, we send it out"),
        ("Поддержка Android остаётся.", "поддержка андроида остаётся"),
    ],
)
def test_names_are_the_same_however_they_are_written(text, said):
    assert verdict(text, said).verdict == "supported"


def test_what_is_not_so_of_all_is_not_denied():
    known = Metadata(("Планёрка",), KNOWN.held_on)
    said = "не все поедут на экскурсию, рассчитывайте на двадцать пять"
    assert verdict("На экскурсию поедут 25.", said, known=known).verdict == "supported"
    assert verdict("На экскурсию не поедут 25.", said, known=known).reason == "contradicted"


@pytest.mark.parametrize(
    "said",
    [
        [("S2", "Осенью же решили, что запускаемся первого апреля.")],
        [("S2", "Запускаться первого апреля? "), ("S3", "Запускаться не возьмусь.")],
        [("S2", "А то запустимся первого апреля.")],
        [("S2", "Один вариант, запуск первого апреля.")],
        [("S2", "Ну, я за запуск первого апреля."), ("S3", "Я за второе.")],
        [("S2", "Заказчик хочет запуск первого апреля.")],
        [("S2", "Моё мнение, что запускаться первого апреля рискованно.")],
        [("S2", "Может, запуск первого апреля?"), ("S3", "Ладно, поехали дальше.")],
    ],
)
def test_what_was_settled_before_listed_or_refused_is_not_decided(said):
    assert spoken(Statement("decision", "Запуск первого апреля.", ()), *said).reason == (
        "not_decided"
    )


def test_one_way_of_several_is_decided_if_it_is_accepted():
    said = (("S2", "Заказчик хочет запуск первого апреля."), ("S3", "Хорошо, давайте."))
    assert spoken(Statement("decision", "Запуск первого апреля.", ()), *said).reason == ""


@pytest.mark.parametrize("reply", ["Не проверю.", "Ой нет, я не могу.", "Нет, не возьмусь."])
def test_a_task_that_was_refused_is_nobodys(reply):
    task = Statement("action_item", "Проверить принтер.", (), assignee="Алексей Ветров")
    assert spoken(task, ASKED[0], ("S2", reply)).reason
    assert spoken(task, *ASKED).reason == ""
