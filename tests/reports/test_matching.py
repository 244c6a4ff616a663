"""A statement is known again by its place in the recording or by its words."""

from hypothesis import given
from hypothesis import strategies as st

from reports.matching import Said, common_time, matches


def said(text="Выпуск в пятницу", start=0.0, end=5.0, kind="decision"):
    return Said(kind, text, ((start, end),))


def test_the_same_place_is_the_same_statement_in_other_words():
    assert matches([said("Выпуск в пятницу")], [said("Решили иначе", 1, 5)]) == {0: 0}


def test_the_same_words_are_the_same_statement_elsewhere():
    assert matches([said()], [said("Ещё раз: выпуск в пятницу.", 60, 65)]) == {0: 0}


def test_another_kind_or_another_place_with_other_words_is_another_statement():
    assert matches([said()], [said(kind="question"), said("Бюджет двести тысяч", 60, 65)]) == {}


def test_the_surer_pair_comes_first_and_nothing_is_paired_twice():
    old = [said("Бюджет", 0, 10), said("Выпуск", 20, 30)]
    new = [said("Выпуск", 21, 30), said("Бюджет", 0, 10), said("Бюджет и выпуск", 2, 10)]
    assert matches(old, new) == {0: 1, 1: 0}


spans = st.lists(
    st.tuples(st.floats(0, 1e4), st.floats(0.1, 60)).map(lambda s: (s[0], s[0] + s[1])), max_size=1
)


@given(spans, spans)
def test_common_time_is_a_share_and_the_same_both_ways(one, other):
    assert 0 <= common_time(one, other) <= 1
    assert common_time(one, other) == common_time(other, one)
