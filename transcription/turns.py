"""Turns as people take them, from the stretches in which voices were heard."""

import math
from collections.abc import Iterable, Sequence

from .engines.base import Span, Turn

PAUSE = 0.3
"""Seconds of silence that do not end a turn."""
LONGEST_PIECE = 5.0
"""Seconds; longer turns are looked at in equal pieces."""


def pieces_of(turns: Iterable[Turn], longest: float = LONGEST_PIECE) -> list[Turn]:
    """The turns in the same order, each cut into equal pieces of at most ``longest`` seconds."""
    pieces = []
    for turn in turns:
        parts = max(1, math.ceil((turn.end - turn.start) / longest))
        cuts = [turn.start + (turn.end - turn.start) * part / parts for part in range(parts)]
        for start, end in zip(cuts, [*cuts[1:], turn.end], strict=True):
            pieces.append(Turn(start, end, turn.speaker))
    return pieces


def clear_spans(pieces: Sequence[Turn]) -> list[list[Span]]:
    """For each of the pieces, which rise by start, where its speaker is the only one to speak."""
    clear = []
    longest = max((piece.end - piece.start for piece in pieces), default=0.0)
    for index, piece in enumerate(pieces):
        spans = [Span(piece.start, piece.end)]
        for other in _near(pieces, index, longest):
            if other.speaker != piece.speaker:
                spans = [rest for span in spans for rest in _without(span, other)]
        clear.append(spans)
    return clear


def _near(pieces: Sequence[Turn], index: int, longest: float) -> Iterable[Turn]:
    """The other pieces that may touch the one at ``index``."""
    for other in reversed(pieces[:index]):
        if other.start <= pieces[index].start - longest:
            break
        yield other
    for other in pieces[index + 1 :]:
        if other.start >= pieces[index].end:
            break
        yield other


def _without(span: Span, other: Turn) -> list[Span]:
    """What is left of the span when the time of the other is taken out."""
    sides = (span.start, min(span.end, other.start)), (max(span.start, other.end), span.end)
    return [Span(start, end) for start, end in sides if start < end]


def joined_over_pauses(turns: Iterable[Turn], pause: float = PAUSE) -> list[Turn]:
    """The turns, those of one speaker made one over pauses in which nobody else speaks.

    ``turns`` rise by start; so does the result, in which turns of one speaker neither touch nor
    overlap. Nothing is shortened.
    """
    joined: list[Turn] = []
    last: dict[str, int] = {}
    heard_until = 0.0
    for turn in turns:
        index = last.get(turn.speaker)
        before = None if index is None else joined[index]
        allowed = pause if before and heard_until <= before.end else 0.0
        if before and index is not None and turn.start <= before.end + allowed:
            joined[index] = Turn(before.start, max(before.end, turn.end), turn.speaker)
        else:
            last[turn.speaker] = len(joined)
            joined.append(turn)
        heard_until = max(heard_until, turn.end)
    return joined


def named_by_appearance(turns: Iterable[Turn]) -> tuple[list[Turn], dict[str, str]]:
    """The turns with speakers S1, S2, … as they come, and the new name of every old one."""
    names: dict[str, str] = {}
    renamed = [
        Turn(turn.start, turn.end, names.setdefault(turn.speaker, f"S{len(names) + 1}"))
        for turn in turns
    ]
    return renamed, names
