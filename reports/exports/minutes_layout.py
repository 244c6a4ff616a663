"""The layout «minutes»: head, participants, agenda, sections, and the transcript behind."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, pgettext

from meetings.templatetags.clock import lasting
from reports.exports import wording
from reports.exports.appendix import transcript
from reports.exports.facts import Document, Facts, Options
from reports.exports.sheet import Block, Heading, Listing, Pairs, Paragraph, Run, Sheet, Table
from reports.writers import titles

Section = Mapping[str, Any]


def minutes(document: Document, facts: Facts, options: Options) -> Sheet:
    """Title, date, place, participants with talk time, agenda, every section, the transcript."""
    blocks = [
        *_head(facts),
        *wording.notices(document),
        *_participants(facts),
        *_agenda(facts),
        *(block for part in document["sections"] for block in section(part, document, options)),
    ]
    if options.transcript:
        blocks += transcript(facts, gettext("Appendix: transcript"))
    return Sheet(
        title=facts.title,
        name=facts.title,
        subject=gettext("Minutes of a meeting, %(date)s") % {"date": wording.day(facts.held_at)},
        author=facts.secretary,
        language=options.language,
        created=document["created_at"],
        running=wording.running(document),
        page=gettext("Page"),
        centred=False,
        blocks=tuple(blocks),
    )


def _head(facts: Facts) -> list[Block]:
    told = [
        (gettext("Held"), wording.held(facts)),
        (gettext("Duration"), lasting(facts.duration) if facts.duration else ""),
        (gettext("Place"), facts.place),
        (gettext("Organization"), facts.organization),
        (gettext("Chair"), facts.chair),
        (gettext("Secretary"), facts.secretary),
    ]
    return [Pairs(tuple((label, (Run(text),)) for label, text in told if text))]


def _participants(facts: Facts) -> Iterator[Block]:
    if not facts.participants:
        return
    spoken = sum(person.seconds or 0 for person in facts.participants)
    yield Heading(1, gettext("Participants"))
    rows = []
    for person in facts.participants:
        share = f"{100 * person.seconds / spoken:.0f} %" if person.seconds and spoken else "—"
        talk = lasting(person.seconds) if person.seconds else "—"
        rows.append(((Run(person.name),), (Run(talk),), (Run(share),)))
    header = (pgettext("person", "Name"), gettext("Talk time"), gettext("Share of the talk"))
    yield Table(header, tuple(rows), (50, 25, 25))


def _agenda(facts: Facts) -> Iterator[Block]:
    if not facts.agenda:
        return
    yield Heading(1, gettext("Agenda"))
    late = Run(f" ({gettext('not reached')})", "quiet")
    items = [
        (Run(item), late) if number in facts.not_reached else (Run(item),)
        for number, item in enumerate(facts.agenda, 1)
    ]
    yield Listing(tuple(items), ordered=True)


def section(part: Section, document: Document, options: Options) -> list[Block]:
    """A section: action items as a table, a summary as paragraphs, all else as a list."""
    return [Heading(1, heading(part, document, options)), *body(part["statements"])]


def heading(part: Section, document: Document, options: Options) -> str:
    """The section's own title, translated where the export speaks another language."""
    if not part["title"] or document["language"] != options.language:
        return titles.translated(part["kind"], str(part["title"]), options.language)
    return str(part["title"])


def body(statements: Sequence[wording.Statement]) -> list[Block]:
    """Statements of one section, in the form that their kind asks for."""
    if not statements:
        return [Paragraph((Run(gettext("Nothing was found for this section."), "quiet"),))]
    kinds = {statement["kind"] for statement in statements}
    if kinds == {"action_item"}:
        return [tasks(statements)]
    if kinds == {"summary"}:
        return [Paragraph(wording.line(statement)) for statement in statements]
    ordered = kinds <= {"decision", "topic"}
    return [Listing(tuple(_item(s) for s in statements), ordered=ordered)]


def _item(statement: wording.Statement) -> tuple[Run, ...]:
    if statement["kind"] == "topic" and wording.time_spent(statement):
        return (*wording.line(statement), Run(f" ({wording.time_spent(statement)})", "quiet"))
    if statement["kind"] != "action_item":
        return wording.line(statement)
    who, when = statement.get("assignee") or "—", wording.due(statement) or "—"
    return (*wording.line(statement), Run(f" {who}, {when}", "strong"))


def tasks(statements: Sequence[wording.Statement]) -> Table:
    """The action items: number, what, who, until when, where it was said."""
    rows = []
    for number, statement in enumerate(statements, 1):
        rows.append(
            (
                (Run(str(number)),),
                wording.line(statement, timed=False),
                (Run(statement.get("assignee") or "—"),),
                (Run(wording.due(statement) or "—"),),
                (Run(wording.times(statement).strip("[]"), "quiet"),),
            )
        )
    header = (
        gettext("No."),
        gettext("Action item"),
        gettext("Assignee"),
        gettext("Due"),
        gettext("Said at"),
    )
    return Table(header, tuple(rows), (6, 42, 18, 20, 14))
