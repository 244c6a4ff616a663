"""Foreign media, safely.

``probe`` says what an uploaded file is and refuses what is no recording; it is cheap enough for a
web request, since libav is loaded in a confined child only. ``choose_tracks`` says whose sound is
used, ``refusal`` what a beginning alone gives away. Workers import ``meetings.media.convert`` and
``meetings.media.waveform`` besides, which load av and numpy. All of them raise
``UnreadableMedia``; none knows Django.
"""

from meetings.media.errors import SENTENCES, UnreadableMedia
from meetings.media.formats import refusal
from meetings.media.probe import LONGEST, Probe, Track, choose_tracks, probe

__all__ = [
    "LONGEST",
    "SENTENCES",
    "Probe",
    "Track",
    "UnreadableMedia",
    "choose_tracks",
    "probe",
    "refusal",
]
