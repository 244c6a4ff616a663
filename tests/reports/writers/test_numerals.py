from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.writers.numerals import numbers
from reports.writers.words import word_list

RU_SMALL = word_list(
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
    "тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
RU_TENS = word_list("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
RU_HUNDREDS = word_list("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
EN_SMALL = word_list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
)
EN_TENS = word_list("twenty thirty forty fifty sixty seventy eighty ninety")


def spelled_ru(value: int) -> str:
    if value >= 1000:
        rest = spelled_ru(value % 1000) if value % 1000 else ""
        return f"{spelled_ru(value // 1000)} тысяч {rest}".strip()
    if value >= 100:
        rest = spelled_ru(value % 100) if value % 100 else ""
        return f"{RU_HUNDREDS[value // 100 - 1]} {rest}".strip()
    if value >= 20:
        rest = RU_SMALL[value % 10] if value % 10 else ""
        return f"{RU_TENS[value // 10 - 2]} {rest}".strip()
    return RU_SMALL[value]


def spelled_en(value: int) -> str:
    if value >= 1000:
        rest = spelled_en(value % 1000) if value % 1000 else ""
        return f"{spelled_en(value // 1000)} thousand {rest}".strip()
    if value >= 100:
        rest = f"and {spelled_en(value % 100)}" if value % 100 else ""
        return f"{EN_SMALL[value // 100]} hundred {rest}".strip()
    if value >= 20:
        rest = f"-{EN_SMALL[value % 10]}" if value % 10 else ""
        return EN_TENS[value // 10 - 2] + rest
    return EN_SMALL[value]


@given(st.integers(0, 999_999), st.sampled_from([spelled_ru, spelled_en, str, "{:,}".format]))
def test_a_number_is_worth_the_same_in_words_and_in_digits(value, spelled):
    text = f"нам нужно {spelled(value)}, не меньше"
    assert [n.value for n in numbers(text)] == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("сто сорок тысяч рублей", [140_000]),
        ("140 тысяч, 140 000 и 140к", [140_000, 140_000, 140_000]),
        ("полтора миллиона", [1_500_000]),
        ("два с половиной миллиона", [2_500_000]),
        ("от пятидесяти пяти тысяч", [55_000]),
        ("two hundred and sixty for Spanish, ninety for Polish", [260, 90]),
        ("a hundred and five", [105]),
        ("двадцать пять, пять двадцать", [25, 5, 20]),
        ("3.5 %", [Decimal("3.5")]),
        ("несколько тысяч человек, hundreds of bugs", []),
    ],
)
def test_numbers_are_read_as_they_are_said(text, values):
    assert [n.value for n in numbers(text)] == values


@pytest.mark.parametrize(
    "text", ["двадцать четвёртого", "24-го", "twenty-fourth", "twenty fourth", "24th"]
)
def test_an_ordinal_is_marked_as_one(text):
    (number,) = numbers(text)
    assert (number.value, number.ordinal) == (24, True)


@given(st.text())
def test_any_text_is_read_without_error_and_places_lie_in_it(text):
    for number in numbers(text):
        assert 0 <= number.begin < number.end <= len(text)
