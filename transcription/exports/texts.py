"""Texts for people: plain and Markdown, a paragraph for each stretch of one speaker."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.formats import date_format

from transcription.exports.options import (
    Document,
    Options,
    Times,
    clock,
    nothing_said,
    speaker_names,
)

LONGEST = 60.0
"""Seconds after which a long speech gets a new paragraph."""


@dataclass(frozen=True)
class Paragraph:
    """What one speaker says in a row; ``parts`` begin at their seconds."""

    speaker: str | None
    parts: tuple[tuple[float, str], ...]

    @property
    def start(self) -> float:
        """Seconds."""
        return self.parts[0][0]

    def text(self, *, with_times: bool = False) -> str:
        """The whole; with times, one before each part but the first, whose stands at the head."""
        texts = [text for _start, text in self.parts]
        if with_times:
            timed = [f"[{clock(start)}] {text}" for start, text in self.parts[1:]]
            texts = [texts[0], *timed]
        return " ".join(texts)


def txt(document: Document, options: Options) -> str:
    """Plain text: title, date, and lines ``[HH:MM:SS] Name: text``."""
    names = speaker_names(document) if options.speakers else {}
    lines = [options.title, _date(options), *_remarks(options), ""]
    for paragraph in paragraphs(document["segments"], joined=options.paragraphs):
        time = f"[{clock(paragraph.start)}] " if options.times != Times.NONE else ""
        name = names.get(paragraph.speaker or "")
        text = paragraph.text(with_times=options.times == Times.SEGMENT)
        lines.append(f"{time}{name + ': ' if name else ''}{text}")
    if not document["segments"]:
        lines.append(nothing_said(document))
    return "\n".join(lines) + "\n"


def md(document: Document, options: Options) -> str:
    """Markdown (CommonMark); what was said is escaped and cannot become markup."""
    names = speaker_names(document) if options.speakers else {}
    blocks = [f"# {_escaped(options.title)}", _escaped(_date(options))]
    blocks += [_escaped(remark) for remark in _remarks(options)]
    for paragraph in paragraphs(document["segments"], joined=options.paragraphs):
        name = names.get(paragraph.speaker or "")
        heads = [f"**{_escaped(name)}**"] if name else []
        if options.times != Times.NONE:
            heads.append(clock(paragraph.start))
        head = " · ".join(heads)
        text = paragraph.text(with_times=options.times == Times.SEGMENT)
        blocks += [*([head] if head else []), _escaped(text)]
    if not document["segments"]:
        blocks.append(f"*{_escaped(nothing_said(document))}*")
    return "\n\n".join(blocks) + "\n"


def paragraphs(segments: list[dict[str, Any]], *, joined: bool = True) -> Iterator[Paragraph]:
    """Neighbouring segments of a speaker joined, at most a minute or one segment long.

    Where they are not to be ``joined``, each is a paragraph.
    """
    if not joined:
        yield from (_paragraph(segment["speaker"], [segment]) for segment in segments)
        return
    for speaker, run in groupby(segments, key=lambda segment: segment["speaker"]):
        held: list[dict[str, Any]] = []
        for segment in run:
            if held and segment["end"] - held[0]["start"] > LONGEST:
                yield _paragraph(speaker, held)
                held = []
            held.append(segment)
        yield _paragraph(speaker, held)


def _paragraph(speaker: str | None, segments: list[dict[str, Any]]) -> Paragraph:
    parts = ((segment["start"], " ".join(segment["text"].split())) for segment in segments)
    return Paragraph(speaker, tuple(parts))


def _remarks(options: Options) -> list[str]:
    return [options.remark] if options.remark else []


def _date(options: Options) -> str:
    return date_format(options.held_at, "DATETIME_FORMAT")


def _escaped(text: str) -> str:
    """CommonMark's punctuation that could begin markup, with backslashes."""
    inline = re.sub(r"([\\`*_{}\[\]<>#|~&!])", r"\\\1", text)
    return re.sub(r"^(\d+)([.)])|^([-+=])", _block_escape, inline)


def _block_escape(match: re.Match[str]) -> str:
    number, mark, bullet = match.groups()
    return f"{number}\\{mark}" if number else f"\\{bullet}"
