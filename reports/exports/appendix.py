"""The transcript behind the minutes: who said what when, a paragraph a stretch."""

from itertools import groupby

from django.utils.translation import gettext

from meetings.templatetags.clock import clock
from reports.exports.facts import Facts, Turn
from reports.exports.sheet import Block, Heading, Paragraph, Run

LONGEST = 60.0
"""Seconds after which a long speech gets a new paragraph."""


def transcript(facts: Facts, title: str) -> list[Block]:
    """The heading and all that was said; a sentence where nothing was."""
    blocks: list[Block] = [Heading(1, title, on_new_page=True)]
    if not facts.turns:
        return [*blocks, Paragraph((Run(gettext("Nothing was said in this recording.")),))]
    for speaker, turns in groupby(facts.turns, key=lambda turn: turn.speaker):
        held: list[Turn] = []
        for turn in turns:
            if held and turn.end - held[0].start > LONGEST:
                blocks.append(_spoken(speaker, held))
                held = []
            held.append(turn)
        blocks.append(_spoken(speaker, held))
    return blocks


def _spoken(speaker: str, turns: list[Turn]) -> Paragraph:
    runs = [Run(f"[{clock(turns[0].start)}] ", "quiet")]
    if speaker:
        runs.append(Run(f"{speaker}: ", "strong"))
    return Paragraph((*runs, Run(" ".join(turn.text for turn in turns))), "spoken")
