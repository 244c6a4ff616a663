"""Logging through structlog: every line is an event with its request, task and job bound to it."""

import logging.config
import re
import sys
from typing import Any

import structlog

SECRET = re.compile(r"(/(?:shared|calendar|invitations)/)[^/\s?\"'.]+")
"""The parts of addresses that open something to whoever knows them."""
SOUGHT = re.compile(r"([?&]q=)[^&\s]+")
"""What somebody looks for."""


def without_secrets(_logger: Any, _name: str, event: Any) -> Any:
    """The event with secrets of addresses, and what people look for, left out of its texts."""
    return {
        key: SOUGHT.sub(r"\1…", SECRET.sub(r"\1…", value)) if isinstance(value, str) else value
        for key, value in event.items()
    }


def configure(options: dict[str, Any]) -> None:
    """Route structlog and the standard library to stderr.

    ``options``: ``level`` (a logging level) and ``format`` (``json``, or ``console`` for people).
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    people = options["format"] == "console"
    renderer: list[Any] = (
        [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(),
                exception_formatter=structlog.dev.plain_traceback,  # the others print the values
            )
        ]
        if people
        else [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "structured": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        without_secrets,
                        *renderer,
                    ],
                    "foreign_pre_chain": shared,
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
            "root": {"handlers": ["stderr"], "level": options["level"]},
            "loggers": {
                "celery.app.trace": {"level": "WARNING"},
                "speechbrain": {"level": "WARNING"},
                "httpx2": {"level": "WARNING"},  # names addresses, which may hold tokens
                "axes": {"level": "CRITICAL"},  # accounts.events tells the same, with the request
            },
        }
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
