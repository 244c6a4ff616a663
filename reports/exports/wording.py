"""Sentences that both layouts say, in the language that is active."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from meetings.papers import label
from meetings.templatetags.clock import clock, lasting
from reports.exports.facts import Document, Facts
from reports.exports.sheet import Line, Paragraph, Run

Statement = Mapping[str, Any]


def day(value: date | datetime) -> str:
    """The date, in words."""
    return date_format(value, "DATE_FORMAT").replace(" г.", "\u00a0г.")


def times(statement: Statement) -> str:
    """``[12:31, 14:02; Смета.pdf, с. 3]``: where a statement rests; empty without evidence.

    Positions in the recording first, then places in attachments.
    """
    said = [e for e in statement["evidence"] if e["segment"] is not None]
    starts = sorted({int(evidence["start"]) for evidence in said})
    papers = [e["attachment"] for e in statement["evidence"] if e["segment"] is None]
    places = dict.fromkeys(label(p["filename"], p["unit"], p["page"]) for p in papers)
    told = "; ".join([*filter(None, [", ".join(map(clock, starts))]), *places])
    return f"[{told}]" if told else ""


def line(statement: Statement, *, text: str = "", timed: bool = True) -> Line:
    """A statement with its times and, where it is unverified, the mark that says so and why."""
    runs = [Run(text or statement["text"])]
    if timed and times(statement):
        runs.append(Run(f" {times(statement)}", "quiet"))
    return (*runs, *doubt(statement))


def time_spent(statement: Statement) -> str:
    """How long a topic took and who spoke to it: ``12 min: Anna 60 %, Boris 40 %``."""
    if not statement.get("duration"):
        return ""
    shares = [f"{s['name']} {round(100 * s['share'])}\u00a0%" for s in statement["speakers"]]
    return ": ".join(filter(None, [lasting(statement["duration"]), ", ".join(shares)]))


def doubt(statement: Statement) -> Line:
    """The mark of an unverified statement; nothing for a supported one."""
    if statement["verdict"] == "supported":
        return ()
    reason = statement["reason"]
    label = gettext("unverified")
    return (Run(f" [{label}: {reason}]" if reason else f" [{label}]", "doubt"),)


def due(statement: Statement) -> str:
    """Until when: the date and, in brackets, the words that were said; either may be missing."""
    said = statement.get("due_text") or ""
    if not statement.get("due"):
        return said
    when = statement["due"]
    told = day(when if isinstance(when, date) else date.fromisoformat(when))
    return f"{told} ({said})" if said else told


def standing(document: Document) -> str:
    """The state of the version in words: ``draft, version 2``."""
    states = {
        "draft": gettext("draft"),
        "in_review": gettext("in review"),
        "approved": gettext("approved"),
    }
    version = gettext("version %(number)s") % {"number": document["version"]}
    return f"{states.get(document['state'], document['state'])}, {version}"


def running(document: Document) -> str:
    """What stands at the head of every page: that it is no approved document, or nothing."""
    if document["state"] == "approved":
        return ""
    state = standing(document)
    return f"{state[:1].upper()}{state[1:]}. {gettext('Not approved')}."


def notices(document: Document) -> list[Paragraph]:
    """What a reader must know of how the minutes came about."""
    told = []
    if document["state"] != "approved":
        state = standing(document)
        told.append(
            f"{state[:1].upper()}{state[1:]}. {gettext('These minutes have not been approved.')}"
        )
    if document["writer"] == "extractive":
        told.append(gettext("Composed without a language model."))
    told += [support(document), *document["notes"]]
    return [Paragraph((Run(sentence),), "notice") for sentence in told if sentence]


def support(document: Document) -> str:
    """How many statements the recording supports; of the others, that they are marked."""
    counts = document["support"]
    if not counts["statements"]:
        return ""
    share = int(100 * counts["supported"] / counts["statements"])
    told = gettext("Supported by the recording: %(supported)d of %(all)d statements (%(share)d%%).")
    sentence = told % {
        "supported": counts["supported"],
        "all": counts["statements"],
        "share": share,
    }
    if not counts["unverified"]:
        return sentence
    marked = ngettext(
        "%(count)d statement is marked as unverified.",
        "%(count)d statements are marked as unverified.",
        counts["unverified"],
    )
    return f"{sentence} {marked % {'count': counts['unverified']}}"


def held(facts: Facts) -> str:
    """Date and time of the meeting."""
    return f"{day(facts.held_at)}, {date_format(facts.held_at, 'H:i')}"
