"""How long a topic took, and who spoke to it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_statements_edited_and_approved")]

    operations = [
        migrations.AddField(
            model_name="statement",
            name="duration",
            field=models.FloatField(blank=True, null=True, verbose_name="seconds spent on it"),
        ),
        migrations.AddField(
            model_name="statement",
            name="speakers",
            field=models.JSONField(blank=True, default=list, verbose_name="who spoke to it"),
        ),
    ]
