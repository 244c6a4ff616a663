"""By which template the minutes of a series are written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0009_attachments"),
    ]

    operations = [
        migrations.AddField(
            model_name="series",
            name="template",
            field=models.CharField(
                blank=True,
                help_text="Empty: that of the workspace.",
                max_length=50,
                verbose_name="template of the minutes",
            ),
        ),
    ]
