"""What a provider said about a question may hold its words, and stays no longer."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def wipe(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The rows stay: they are what the calls cost."""
    apps.get_model("reports", "LlmCall").objects.filter(purpose="answer").update(said="")


class Migration(migrations.Migration):
    dependencies = [("reports", "0014_questions_claimed")]

    operations = [migrations.RunPython(wipe, migrations.RunPython.noop)]
