"""Minutes that are there already get their action items, from each meeting's newest version."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """A row for every statement that is an action item; in batches, so that memory does not grow."""
    minutes, statements = (
        apps.get_model("reports", "Minutes"),
        apps.get_model("reports", "Statement"),
    )
    items = apps.get_model("reports", "ActionItem")
    newest = minutes.objects.filter(meeting=OuterRef("section__minutes__meeting"))
    found = statements.objects.filter(
        kind="action_item",
        action_items=None,
        section__minutes=Subquery(newest.order_by("-version").values("pk")[:1]),
    ).select_related("section__minutes")
    batch = []
    for statement in found.order_by("pk").iterator(chunk_size=1000):
        batch.append(
            items(
                meeting_id=statement.section.minutes.meeting_id,
                statement=statement,
                text=statement.text,
                assignee=statement.assignee,
                due_text=statement.due_text,
                due=statement.due,
            )
        )
        if len(batch) == 1000:
            items.objects.bulk_create(batch)
            batch.clear()
    items.objects.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_action_items")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
