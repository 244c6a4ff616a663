"""Layouts and formats by name, and the one door to both."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation

from reports.exports import markdown
from reports.exports.facts import Document, Facts, Options, Participant, Turn, clean
from reports.exports.minutes_layout import minutes
from reports.exports.protocol_layout import protocol
from reports.exports.sheet import Sheet, as_json

LAYOUTS: dict[str, Callable[[Document, Facts, Options], Sheet]] = {
    "minutes": minutes,
    "protocol": protocol,
}
LANGUAGES = ("ru", "en")


@dataclass(frozen=True)
class Format:
    """``rendered``: made by the process ``reports.exports.render``."""

    content_type: str
    rendered: bool = False


FORMATS = {
    "docx": Format(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", rendered=True
    ),
    "pdf": Format("application/pdf", rendered=True),
    "md": Format("text/markdown; charset=utf-8"),
    "json": Format("application/json"),
}


def language_of(document: Document, asked: str = "") -> str:
    """``asked``, else that of the minutes where a layout speaks it, else English."""
    wanted = asked or document["language"][:2]
    return wanted if wanted in LANGUAGES else "en"


def lay_out(document: Document, facts: Facts, options: Options) -> Sheet:
    """The sheet in the layout and language asked for, all texts clean.

    ``document`` is that of the minutes, with ``created_at`` in ISO 8601.
    """
    with translation.override(options.language):
        return LAYOUTS[options.layout](clean(document), _clean(facts), options)


def _clean(facts: Facts) -> Facts:
    values: dict[str, Any] = clean({n: getattr(facts, n) for n in facts.__dataclass_fields__})
    values["participants"] = tuple(
        Participant(**clean(asdict(person))) for person in facts.participants
    )
    values["turns"] = tuple(Turn(**clean(asdict(turn))) for turn in facts.turns)
    return Facts(**values)


def rendering(sheet: Sheet) -> bytes:
    """What ``reports.exports.render`` reads."""
    return json.dumps(as_json(sheet), ensure_ascii=False).encode()


def as_markdown(sheet: Sheet) -> bytes:
    """The sheet as Markdown."""
    return markdown.write(sheet)


def as_data(document: Document, facts: Facts, options: Options) -> bytes:
    """The minutes as the API gives them with the meeting's facts, and the transcript if asked."""
    meeting = {k: v for k, v in asdict(facts).items() if k not in {"turns", "not_reached"}}
    whole: dict[str, Any] = {**document, "meeting_facts": meeting}
    if options.transcript:
        whole["transcript"] = [asdict(turn) for turn in facts.turns]
    told = json.dumps(whole, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
    return f"{told}\n".encode()
