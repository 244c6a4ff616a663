"""What the floors above are asked and told when a meeting goes."""

from dataclasses import dataclass
from typing import Any

from django.dispatch import Signal


@dataclass(frozen=True)
class Part:
    """Something that goes with a meeting, in the reader's words.

    A ``seal`` is what must be typed before it goes: the number of approved minutes.
    """

    text: str
    seal: str = ""


asked_what_goes = Signal()
"""Sent with ``meeting``; receivers answer with ``Part``s."""

purging = Signal()
"""Sent with ``meeting`` in the transaction of its deletion, before the rows go.

Whoever keeps words of a meeting in rows that stay takes them out.
"""

recording_going = Signal()
"""Sent with ``meeting`` in the transaction in which its recording goes and its words stay.

What was made of voices, and is no word, goes with it.
"""

meeting_moved = Signal()
"""Sent with ``meeting`` in the transaction in which it came to another workspace."""

asked_what_is_signed = Signal()
"""Receivers answer with a query of the ids of meetings that have approved minutes."""


def answers(signal: Signal, **told: Any) -> list[Any]:
    """What all receivers answer, in one list."""
    return [one for _receiver, found in signal.send(sender=None, **told) for one in found or ()]
