from django.db import migrations


def wipe(apps, schema_editor):
    apps.get_model("reports", "LlmCall").objects.filter(purpose="answer").update(said="")


class Migration(migrations.Migration):
    """What a provider said about a question may hold its words, and stays no longer."""

    dependencies = [("reports", "0014_questions_claimed")]

    operations = [migrations.RunPython(wipe, migrations.RunPython.noop)]
