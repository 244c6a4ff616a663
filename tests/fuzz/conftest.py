"""The world of the rights, and a way to ask for anything in it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection

from tests.rights.conftest import world

__all__ = ["world"]

SIGNALS = (request_started, request_finished)


@pytest.fixture
def application(db: None) -> Iterator[Any]:
    """The WSGI application, whose requests share the test's transaction."""
    with connection.cursor() as cursor:  # making a request may take longer than a transaction may
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    for signal in SIGNALS:
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in SIGNALS:
        signal.connect(close_old_connections)
