"""What has had its time goes: once an hour, and harmless at any time and twice."""

from collections.abc import Callable

import structlog

from meetings.services import binning, closing, idempotency, retention, webhook_deliveries

CHORES: list[Callable[[], int]] = [
    binning.empty,
    retention.warn,
    retention.apply,
    closing.clear_all,
    idempotency.forget,
    webhook_deliveries.forget,
]
"""Each does its part and says how much that was; one that fails costs the others nothing."""

log = structlog.get_logger(__name__)


def keep() -> None:
    """Do all of them."""
    failed: list[Exception] = []
    for chore in CHORES:
        try:
            count = chore()
        except Exception as error:  # noqa: BLE001  (raised again below)
            failed.append(error)
        else:
            log.info("house_kept", chore=f"{chore.__module__}.{chore.__name__}", count=count)
    if failed:
        raise failed[0]
