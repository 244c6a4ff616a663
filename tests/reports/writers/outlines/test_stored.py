"""Sections that a person made: what is wrong with them, and that nothing is lost in keeping."""

from dataclasses import replace

import pytest

from reports.writers.outlines import stored
from reports.writers.outlines.outline import Part
from reports.writers.outlines.shipped import OUTLINES

TALK = Part("facts", "point", {"en": "Facts"})
SUM = Part("sum", "summary", {"en": "In short"}, context="sections", depends_on=("facts",))


def codes(*parts):
    return [(problem.code, problem.section) for problem in stored.problems(parts)]


@pytest.mark.parametrize("outline", OUTLINES.values(), ids=lambda o: o.key)
def test_shipped_templates_are_fit_in_both_languages_and_kept_as_they_are(outline):
    assert stored.problems(outline.parts) == []
    assert all(part.titles["ru"] and part.titles["en"] for part in outline.parts)
    assert all(set(part.prompts) in (set(), {"ru", "en"}) for part in outline.parts)
    kept = tuple(stored.part_of(stored.as_stored(part)) for part in outline.parts)
    assert kept == outline.parts


def test_sections_in_a_circle_are_told_by_their_titles():
    one = replace(SUM, key="one", titles={"en": "One"}, depends_on=("two",))
    two = replace(SUM, key="two", titles={"en": "Two"}, depends_on=("one",))
    [problem] = stored.problems([one, two])
    assert (problem.code, problem.section) == (stored.CYCLE, None)
    assert "One" in problem.words and "Two" in problem.words


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((), (stored.NO_SECTIONS, None)),
        ((TALK, TALK), (stored.KEY_TWICE, 0)),
        ((replace(TALK, key="Факты"),), (stored.BAD_KEY, 0)),
        ((replace(TALK, titles={"en": " "}),), (stored.NO_TITLE, 0)),
        ((replace(TALK, titles={"en": "x" * 121}),), (stored.TOO_LONG, 0)),
        ((replace(TALK, prompts={"ru": "x" * 2001}),), (stored.TOO_LONG, 0)),
        ((SUM,), (stored.UNKNOWN, 0)),
        ((replace(SUM, depends_on=()),), (stored.NO_SOURCES, 0)),
        ((TALK, replace(SUM, kind="decision")), (stored.SUMMARY_OF_TALK, 1)),
        ((replace(TALK, kind="poem"),), (stored.BAD_VALUE, 0)),
        ((replace(TALK, rule="magic"),), (stored.BAD_VALUE, 0)),
        (tuple(replace(TALK, key=f"k{n}") for n in range(21)), (stored.TOO_MANY, None)),
    ],
)
def test_what_is_wrong_is_named_with_its_place(parts, expected):
    assert expected in codes(*parts)


def test_a_section_may_rest_on_itself_by_no_way():
    assert codes(replace(SUM, key="facts", depends_on=("facts",))) == [(stored.CYCLE, None)]
