"""What the floors above may want to know of transcripts."""

from django.dispatch import Signal

segments_changed = Signal()
"""Sent in the transaction of the change, with ``transcript_id`` and ``segment_ids`` (a set)."""

segments_recut = Signal()
"""Words went to other segments: the same arguments, all segments that lost or got some."""

speakers_changed = Signal()
"""Sent in the transaction of the change, with ``transcript_id`` and ``speaker_ids`` (a set).

After a person named somebody also with ``renamed``, ``{id: (old name, new name)}``, and ``by``.
"""
