"""Which action items of new minutes are known: by lineage, by words, by matter and place."""

import pytest

from reports.action_matching import Described, match

REPORT = Described("Анна подготовит отчёт по продажам.", "Анна", segments=frozenset({1}))


@pytest.mark.parametrize(
    "new",
    [
        Described("анна подготовит отчет по продажам", "Анна"),
        Described("Подготовить отчёт по продажам", "Аня"),
        Described("Отчёт: подготовка", "Анна", segments=frozenset({1})),
        Described("Подготовить отчёт по продажам", ""),
    ],
)
def test_one_item_in_other_words(new):
    assert match([new], [REPORT]) == {0: 0}


@pytest.mark.parametrize(
    "new",
    [
        Described("Анна подготовит отчёт по продажам.", "Пётр"),
        Described("Анна подготовит договор с подрядчиком.", "Анна"),
        Described("Анна позвонит клиенту.", "Анна", segments=frozenset({1})),
    ],
)
def test_another_item(new):
    assert match([new], [REPORT]) == {}


def test_the_lineage_tells_whatever_the_words_say():
    known = [Described("Send the offer", "Tom", lineage=7), Described("Call Kate", "Tom")]
    assert match([Described("Call Kate", "Tom", lineage=7)], known) == {0: 0}


def test_each_item_is_matched_once_and_the_surest_pair_first():
    known = [Described("Send the signed offer to the client", "Tom")] * 2
    new = [
        Described("Send the offer to the client", "Tom"),
        Described("Send the signed offer to the client", "Tom"),
        Described("Send the offer to a client", "Tom"),
    ]
    found = match(new, known)
    assert found[1] == 0
    assert sorted(found.values()) == [0, 1]
