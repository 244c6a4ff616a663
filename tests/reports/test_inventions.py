"""The checker on planted inventions: nearly all of the wrong flagged, hardly any of the right."""

import pytest

from tests.reports import inventions
from tests.reports.meetings import groups

pytestmark = pytest.mark.slow


def test_there_are_hundreds_of_wrong_statements_of_every_sort():
    wrong = [p.how for p, _ in inventions.measured() if not p.right]
    assert len(wrong) >= 200
    assert set(wrong) == set(inventions.WRONG)


@pytest.mark.parametrize("group", groups())
def test_wrong_statements_are_flagged_and_right_ones_are_not(group):
    assert inventions.share_flagged(right=False, group=group) >= 0.95
    assert inventions.share_flagged(right=True, group=group) <= 0.05


def test_no_sort_of_invention_is_let_through():
    for how in inventions.WRONG:
        passed = [ok for p, ok in inventions.measured() if p.how == how]
        assert sum(passed) / len(passed) <= 0.2, how


def test_the_published_table_is_what_is_measured():
    document = inventions.DOCUMENT.read_text(encoding="utf-8")
    assert inventions.published(document) == document
