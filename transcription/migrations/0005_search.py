"""What was said is found by its words. The index is built while people go on working."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("transcription", "0004_bookmarks")]
    operations = [
        AddIndexConcurrently(
            model_name="segment",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector(
                    models.Func(
                        "text",
                        models.Value("ёЁ\ue000\ue001"),
                        models.Value("еЕ  "),
                        function="TRANSLATE",
                        output_field=models.TextField(),
                    ),
                    config="russian",
                ),
                name="segment_words",
            ),
        ),
    ]
