"""Whom an assignee's name means, and that doubt means nobody."""

import pytest

from reports.addressees import address_of, addressee

PEOPLE = {1: "Анна Смирнова", 2: "Пётр Иванов", 3: "Анна Козлова", 4: "Tom Baker"}


@pytest.mark.parametrize(
    ("assignee", "person"),
    [
        ("Пётр", 2),
        ("Петр Иванов", 2),
        ("Иванов Пётр", 2),
        ("Петру", 2),
        ("Анна Козлова", 3),
        ("Козлова", 3),
        ("Tom", 4),
        ("tom baker", 4),
    ],
)
def test_a_name_that_fits_one_person_means_them(assignee, person):
    assert addressee(assignee, PEOPLE) == person


@pytest.mark.parametrize(
    "assignee", ["Анна", "Мария", "", "Speaker 1", "Спикер 2", "Tom Cook", "Пётр Сидоров", "все"]
)
def test_a_name_that_fits_nobody_or_several_means_nobody(assignee):
    assert addressee(assignee, PEOPLE) is None


def test_two_people_of_one_name_are_not_told_apart():
    assert addressee("Tom Baker", {1: "Tom Baker", 2: "Tom Baker"}) is None


def test_an_address_is_read_beside_the_name():
    assert address_of("Анна <Anna@Example.org>") == ("Анна", "anna@example.org")
    assert address_of("anna@example.org") == ("anna@example.org", "anna@example.org")
    assert address_of("Анна Смирнова") == ("Анна Смирнова", "")
