"""What the floors above are told of people."""

from django.dispatch import Signal

closing = Signal()
"""Sent with ``user`` and ``workspaces``, ids of those that go, in the transaction that closes it.

Whoever keeps something that is the person's alone deletes it; what they contributed to others stays
with their row, which then names nobody.
"""
