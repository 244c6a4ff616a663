from django.conf import settings

from meetings import state_diagrams
from reports.models import Minutes


def test_the_diagram_in_the_docs_is_the_one_of_the_table():
    page = (settings.BASE_DIR / "docs" / "approval.md").read_text()
    drawn = state_diagrams.diagram(Minutes.TRANSITIONS, first=Minutes.State.DRAFT)
    assert f"```mermaid\n{drawn}\n```" in page
