"""Stretches of time: joined, cut, counted."""

from hypothesis import given
from hypothesis import strategies as st

from transcription.stretches import at_once, joined, length, without

STRETCHES = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 12)).map(lambda pair: (pair[0], sum(pair))),
    max_size=8,
)


def seconds(stretches):
    """The whole seconds that they cover."""
    return {second for start, end in stretches for second in range(int(start), int(end))}


@given(STRETCHES)
def test_joined_covers_the_same_and_nothing_twice(stretches):
    found = joined(stretches)
    assert seconds(found) == seconds(stretches)
    assert length(found) == len(seconds(stretches))
    assert found == sorted(found)


def test_joined_closes_short_pauses():
    assert joined([(0, 1), (1.4, 2), (3, 4)], pause=0.5) == [(0, 2), (3, 4)]


@given(STRETCHES, STRETCHES)
def test_without_leaves_what_the_others_do_not_cover(stretches, taken):
    found = without(joined(stretches), joined(taken))
    assert seconds(found) == seconds(stretches) - seconds(taken)
    assert length(found) == len(seconds(found))


@given(st.lists(STRETCHES, max_size=4))
def test_at_once_is_where_two_groups_or_more_are_on(groups):
    covered = [seconds(group) for group in groups]
    everywhere = set().union(*covered)
    expected = {s for s in everywhere if sum(s in one for one in covered) > 1}
    found = at_once(groups)
    assert seconds(found) == expected
    assert length(found) == len(expected)


def test_what_only_touches_is_not_at_once():
    assert at_once([[(0, 5)], [(5, 9)]]) == []
