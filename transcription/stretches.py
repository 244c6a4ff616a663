"""Stretches of time: joined, cut, counted. Pure; a stretch is (start, end) in seconds."""

from collections.abc import Iterable, Sequence

Stretch = tuple[float, float]


def joined(stretches: Iterable[Stretch], pause: float = 0.0) -> list[Stretch]:
    """What all of them cover, rising; gaps of at most ``pause`` seconds are closed."""
    found: list[Stretch] = []
    for start, end in sorted(stretch for stretch in stretches if stretch[0] < stretch[1]):
        if found and start <= found[-1][1] + pause:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def without(stretches: Sequence[Stretch], taken: Sequence[Stretch]) -> list[Stretch]:
    """What ``stretches`` cover and ``taken`` do not; both rise and do not overlap themselves."""
    left: list[Stretch] = []
    first = 0
    for start, end in stretches:
        while first < len(taken) and taken[first][1] <= start:
            first += 1
        at = first
        while at < len(taken) and taken[at][0] < end:
            if start < taken[at][0]:
                left.append((start, taken[at][0]))
            start = max(start, taken[at][1])
            at += 1
        if start < end:
            left.append((start, end))
    return left


def at_once(groups: Iterable[Iterable[Stretch]]) -> list[Stretch]:
    """Where two groups or more are on at the same time, rising."""
    steps = sorted(
        (moment, change)
        for group in groups
        for start, end in joined(group)
        for moment, change in ((start, 1), (end, -1))
    )
    found: list[Stretch] = []
    on, since = 0, 0.0
    for moment, change in steps:
        if on == 2 and change < 0 and since < moment:
            found.append((since, moment))
        on += change
        if on == 2 and change > 0:
            since = moment
    return joined(found)


def length(stretches: Iterable[Stretch]) -> float:
    """Seconds of all of them together."""
    return sum(end - start for start, end in stretches)
