"""Turns as people take them, from the stretches in which voices were heard."""

from collections.abc import Iterable

from .engines.base import Turn

PAUSE = 0.5
"""Seconds of silence that do not end a turn."""


def joined_over_pauses(turns: Iterable[Turn], pause: float = PAUSE) -> list[Turn]:
    """The turns, those of one speaker made one over pauses in which nobody else speaks.

    ``turns`` rise by start; so does the result. Nothing is shortened, and no overlap is made.
    """
    joined: list[Turn] = []
    last: dict[str, int] = {}
    heard_until = 0.0
    for turn in turns:
        index = last.get(turn.speaker)
        if index is not None and turn.start - joined[index].end <= pause:
            before = joined[index]
            if heard_until <= before.end:
                joined[index] = Turn(before.start, max(before.end, turn.end), turn.speaker)
                heard_until = max(heard_until, turn.end)
                continue
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
