"""Templates of workspaces, their defaults and previews; statements that are points."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_reminders"),
        ("meetings", "0010_series_template"),
        ("reports", "0009_evidence_in_attachments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="statement",
            name="kind",
            field=models.CharField(
                choices=[
                    ("summary", "summary"),
                    ("topic", "topic"),
                    ("decision", "decision"),
                    ("action_item", "action item"),
                    ("question", "question"),
                    ("figure", "figure"),
                    ("point", "point"),
                    ("carry_over", "open item of an earlier meeting"),
                ],
                max_length=11,
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="DefaultTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("template", models.CharField(max_length=50, verbose_name="template")),
                (
                    "workspace",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="default_template",
                        to="accounts.workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "default template",
                "verbose_name_plural": "default templates",
            },
        ),
        migrations.CreateModel(
            name="TemplatePreview",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sections", models.JSONField(verbose_name="sections")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "being written"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        default="waiting",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                (
                    "result",
                    models.JSONField(blank=True, default=dict, verbose_name="what was written"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="asked for")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="template_previews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="template_previews",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "preview of a template",
                "verbose_name_plural": "previews of templates",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Template",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "layout",
                    models.CharField(
                        choices=[("minutes", "minutes"), ("protocol", "official protocol")],
                        default="minutes",
                        max_length=8,
                        verbose_name="layout",
                    ),
                ),
                ("sections", models.JSONField(default=list, verbose_name="sections")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="templates",
                        to="accounts.workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "template",
                "verbose_name_plural": "templates",
                "ordering": [django.db.models.functions.text.Lower("name"), "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"),
                        django.db.models.functions.text.Lower("name"),
                        name="template_name_is_unique",
                    )
                ],
            },
        ),
    ]
