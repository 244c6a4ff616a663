"""The layout «protocol»: the official form of ГОСТ Р 7.0.97-2016, in Russian and English.

СЛУШАЛИ — ВЫСТУПИЛИ — ПОСТАНОВИЛИ for each item of the agenda; nothing stands there that the
minutes or the transcript do not have.
"""

from collections.abc import Iterator

from django.utils.translation import gettext, pgettext

from meetings.templatetags.clock import lasting
from reports.exports import items, wording
from reports.exports.appendix import transcript
from reports.exports.facts import Document, Facts, Options
from reports.exports.minutes_layout import heading
from reports.exports.sheet import (
    Block,
    Ends,
    Heading,
    Listing,
    Pairs,
    Paragraph,
    Run,
    Sheet,
    Signatures,
)

BLANK = "____________________"
"""Where a name or a number is to be written by hand."""


def protocol(document: Document, facts: Facts, options: Options) -> Sheet:
    """Head, those present, agenda, every item, signatures, appendices."""
    found = items.course(document, facts)
    approval = document.get("approval") or {}
    number = str(approval.get("number", ""))
    title = _title(number, facts)
    blocks: list[Block] = [
        Ends(wording.day(facts.held_at), facts.place),
        Paragraph((Run(facts.title, "strong"),)),
        *wording.notices(document),
        Pairs(tuple(_present(facts))),
        Heading(1, gettext("AGENDA")),
        Listing(tuple((Run(item.title),) for item in found.items), ordered=True),
        *_items(found),
        *_points(document, options),
        Signatures(
            ((gettext("Chair"), facts.chair), (gettext("Secretary"), facts.secretary)),
        ),
        *_appendices(document, facts, options),
    ]
    return Sheet(
        title=title,
        name=f"{title}. {facts.title}",
        subject=facts.title,
        author=facts.secretary,
        language=options.language,
        created=document["created_at"],
        running=wording.running(document),
        page=gettext("Page"),
        centred=True,
        blocks=(*_organization(facts), *blocks),
    )


def _title(number: str, facts: Facts) -> str:
    told = {"number": number or "______", "date": wording.day(facts.held_at)}
    return gettext("MINUTES No. %(number)s of %(date)s") % told


def _organization(facts: Facts) -> list[Block]:
    return [Paragraph((Run(facts.organization),), "text")] if facts.organization else []


def _present(facts: Facts) -> Iterator[tuple[str, tuple[Run, ...]]]:
    yield gettext("Chair"), (Run(facts.chair or BLANK),)
    yield gettext("Secretary"), (Run(facts.secretary or BLANK),)
    named = [person.name for person in facts.participants if person.named]
    if named:
        yield gettext("Present"), (Run(", ".join(named)),)
    voices = [person.name for person in facts.participants if not person.named]
    if voices:
        label = gettext("Voices without a name") if named else gettext("Present")
        yield label, (Run(", ".join(voices)),)


def _items(found: items.Course) -> Iterator[Block]:
    for number, item in enumerate(found.items, 1):
        yield from _item(number, item)
    if found.other.resolved or found.other.said:
        found.other.title = gettext("Other matters")
        yield from _item(len(found.items) + 1, found.other)


def _item(number: int, item: items.Item) -> Iterator[Block]:
    yield Heading(1, f"{number}. {item.title}")
    if not item.reached:
        yield Paragraph((Run(gettext("The item was not reached.")),))
    elif item.is_silent:
        yield Paragraph((Run(gettext("Nothing was found in the recording on this item.")),))
    if item.topic is not None:
        yield Heading(2, pgettext("protocol", "HEARD"))
        yield Paragraph((*_speaker(item), *wording.line(item.topic)))
    if item.talk or item.said:
        yield Heading(2, pgettext("protocol", "SPOKE"))
        if item.talk:
            yield Paragraph((Run(_talk(item)),))
        if item.said:
            yield Listing(tuple(_said(statement) for statement in item.said))
    if item.reached and not item.is_silent:
        yield Heading(2, pgettext("protocol", "RESOLVED"))
        yield from _resolved(number, item)


def _points(document: Document, options: Options) -> Iterator[Block]:
    """Sections that hold what is no item's and no resolution: points of any matter."""
    for part in document["sections"]:
        told = [s for s in part["statements"] if s["kind"] == "point"]
        if told:
            yield Heading(1, heading(part, document, options))
            yield Listing(tuple(wording.line(statement) for statement in told))


def _speaker(item: items.Item) -> tuple[Run, ...]:
    """Who opens the item."""
    opener = next(iter(item.talk), "")
    return (Run(f"{opener}. ", "strong"),) if opener else ()


def _talk(item: items.Item) -> str:
    told = [f"{name} ({lasting(seconds)})" for name, seconds in item.talk.items()]
    return f"{', '.join(told)}."


def _said(statement: wording.Statement) -> tuple[Run, ...]:
    label = gettext("Question") if statement["kind"] == "question" else gettext("Figure")
    return (Run(f"{label}: ", "strong"), *wording.line(statement))


def _resolved(number: int, item: items.Item) -> Iterator[Block]:
    if not item.resolved:
        yield Paragraph((Run(gettext("Nothing was resolved on this item."), "quiet"),))
        return
    yield Listing(tuple(map(_clause, item.resolved)), ordered=True, prefix=f"{number}.")


def _clause(statement: wording.Statement) -> tuple[Run, ...]:
    if statement["kind"] != "action_item":
        return wording.line(statement)
    told = gettext("Responsible: %(who)s. Due: %(when)s.") % {
        "who": statement.get("assignee") or gettext("not named"),
        "when": wording.due(statement) or gettext("not named"),
    }
    return (*wording.line(statement), Run(f" {told}", "strong"))


def _appendices(document: Document, facts: Facts, options: Options) -> Iterator[Block]:
    """Sections that have no place among the items, then the transcript, each with its number."""
    parts = [
        part
        for part in document["sections"]
        if any(s["kind"] == "summary" for s in part["statements"])
    ]
    number = 0
    for number, part in enumerate(parts, 1):
        title = heading(part, document, options)
        named = gettext("Appendix %(number)d. %(title)s") % _named(number, title)
        yield Heading(1, named, on_new_page=number == 1)
        for statement in part["statements"]:
            if statement["kind"] == "summary":
                yield Paragraph(wording.line(statement))
    if options.transcript:
        title = gettext("Transcript")
        named = gettext("Appendix %(number)d. %(title)s") % _named(number + 1, title)
        yield from transcript(facts, named)


def _named(number: int, title: str) -> dict[str, object]:
    return {"number": number, "title": title}
