"""The ways of jobs and stages, drawn from their transition tables; docs/states.md is this text."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import TextChoices
from django.utils import translation

from accounts.models import OutgoingMail
from meetings.models import Attachment, Job, StageRun, WebhookDelivery

State = TypeVar("State", bound=TextChoices)

HEAD = """\
# States

Made from the tables `TRANSITIONS` of the models by `manage.py states`; a test compares.
"""

MEANING = {
    "Job": "A job is one way of a meeting through the pipeline; trying again raises its run.",
    "StageRun": (
        "A stage belongs to a job, a shard to a stage that is spread. The arrow from running to "
        "itself is an expired lease taken over; shards that a stage no longer wants are skipped."
    ),
    "Attachment": "A document is read once, by a worker; minutes wait for it up to a minute.",
    "OutgoingMail": (
        "A mail is a row first. Whoever dies while it is being handed over leaves it there: nobody "
        "is told twice."
    ),
    "WebhookDelivery": (
        "An event is a row first. Whoever dies while sending it is found by the lease, and it is "
        "sent again; what is over is sent once more where an owner asks for it."
    ),
}
MODELS: tuple[Any, ...] = (Job, StageRun, Attachment, OutgoingMail, WebhookDelivery)


def page() -> str:
    """The whole of docs/states.md, in English."""
    with translation.override("en"):
        return "\n".join([HEAD, *(f"{_section(model)}\n" for model in MODELS)])


def diagram(transitions: Mapping[State, set[State]], *, first: State) -> str:
    """A Mermaid state diagram of ``transitions``, in the order of their definition."""
    order = list(transitions)
    moves = [
        f"    {old.value} --> {new.value}"
        for old in order
        for new in sorted(transitions[old], key=order.index)
    ]
    ends = [f"    {state.value} --> [*]" for state in order if not transitions[state]]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {first.value}", *moves, *ends])


def _section(model: Any) -> str:
    name = model.__name__
    first = model._meta.get_field("state").default
    table: Mapping[Any, set[Any]] = model.TRANSITIONS
    labels = [f"| `{state.value}` | {state.label} |" for state in model.State]
    return "\n".join(
        [
            f"## {name}",
            "",
            MEANING[name],
            "",
            "```mermaid",
            diagram(table, first=first),
            "```",
            "",
            "| state | people read |",
            "|---|---|",
            *labels,
        ]
    )
