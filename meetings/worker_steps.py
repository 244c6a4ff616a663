"""What a worker's consumer does besides taking messages: it keeps those that it cannot take."""

from collections.abc import Callable
from typing import Any

from celery import bootsteps, signals
from celery.exceptions import InvalidTaskError

from meetings.models import StrayMessage
from meetings.services import strays


class KeepStrays(bootsteps.StartStopStep):
    """Records messages for unknown tasks, malformed ones and unreadable ones.

    Celery has signals for the first two; the last it only logs and acknowledges, by a method of
    the consumer. A body that is no list of arguments ends the whole worker, at each delivery anew.
    Both methods are wrapped here before the consumer starts.
    """

    requires = ("celery.worker.consumer.connection:Connection",)

    def __init__(self, consumer: Any, **options: Any) -> None:
        super().__init__(consumer, **options)
        signals.task_unknown.connect(on_unknown, dispatch_uid="strays")
        signals.task_rejected.connect(on_rejected, dispatch_uid="strays")
        acknowledge = consumer.on_decode_error

        def on_decode_error(message: Any, exc: BaseException) -> None:
            acknowledge(message, exc)
            _record(StrayMessage.Reason.UNREADABLE, consumer, message, exc)

        update = consumer.update_strategies

        def update_strategies() -> None:
            update()
            for name, strategy in consumer.strategies.items():
                consumer.strategies[name] = _refusing(strategy)

        consumer.on_decode_error = on_decode_error
        consumer.update_strategies = update_strategies


def _refusing(strategy: Callable[..., Any]) -> Callable[..., Any]:
    """A task's way of taking its messages, which refuses those with a body it cannot unpack."""

    def take(*args: Any, **kwargs: Any) -> Any:
        try:
            return strategy(*args, **kwargs)
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise InvalidTaskError(f"{type(error).__name__}: {error}") from error

    return take


def on_unknown(sender: Any, message: Any, exc: BaseException, **about: Any) -> None:
    """A task that this code does not have: an old or a foreign message."""
    _record(StrayMessage.Reason.UNKNOWN_TASK, sender, message, exc)


def on_rejected(sender: Any, message: Any, exc: BaseException | None, **about: Any) -> None:
    """A message that names no task, or names one with arguments that are none."""
    _record(StrayMessage.Reason.MALFORMED, sender, message, exc)


def _record(
    reason: StrayMessage.Reason, consumer: Any, message: Any, error: BaseException | None
) -> None:
    strays.record(reason=reason, message=message, worker=str(consumer.hostname), error=error)
