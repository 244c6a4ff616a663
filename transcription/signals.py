"""What the floors above may want to know of transcripts."""

from django.dispatch import Signal

segments_changed = Signal()
"""Sent in the transaction of the change, with ``transcript_id`` and ``segment_ids`` (a set)."""

speakers_changed = Signal()
"""Sent in the transaction of the change, with ``transcript_id`` and ``speaker_ids`` (a set)."""
