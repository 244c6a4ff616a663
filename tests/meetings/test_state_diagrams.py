from django.conf import settings
from django.utils import translation

from meetings import state_diagrams
from meetings.models import Job


def test_the_page_in_the_docs_is_the_one_that_the_tables_give():
    page = (settings.BASE_DIR / "docs" / "states.md").read_text()
    assert page == state_diagrams.page(), "run: manage.py states > docs/states.md"


def test_the_page_is_in_english_whatever_the_language_is():
    with translation.override("ru"):
        assert "| `queued` | waiting |" in state_diagrams.page()


def test_every_transition_is_an_arrow_and_ends_are_marked():
    drawn = state_diagrams.diagram(Job.TRANSITIONS, first=Job.State.QUEUED).splitlines()
    arrows = sum(len(ways) for ways in Job.TRANSITIONS.values())
    assert drawn[0] == "stateDiagram-v2"
    assert "    failed --> queued" in drawn
    assert "    succeeded --> [*]" in drawn
    assert len(drawn) == 1 + 1 + arrows + 1
