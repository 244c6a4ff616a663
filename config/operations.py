"""Is the process alive; is what it needs in order."""

from collections.abc import Callable

from celery import current_app
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process lives."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 where database, migrations, cache, broker and store answer; else 503 and which not."""
    failed = {name: problem for name, check in CHECKS.items() if (problem := _problem(check))}
    return JsonResponse({"ready": not failed, "failed": failed}, status=503 if failed else 200)


def _problem(check: Callable[[], str | None]) -> str | None:
    try:
        return check()
    except Exception as error:  # noqa: BLE001  (whatever fails is the answer)
        return type(error).__name__


def _migrations() -> str | None:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(pending)} pending" if pending else None


def _cache() -> str | None:
    cache.set("readyz", 1, timeout=5)
    return None if cache.get("readyz") == 1 else "not kept"


def _broker() -> None:
    with current_app.connection_for_write(connect_timeout=2) as connection:
        connection.ensure_connection(max_retries=1, timeout=3)


def _storage() -> None:
    default_storage.exists("readyz")


CHECKS: dict[str, Callable[[], str | None]] = {
    "migrations": _migrations,
    "cache": _cache,
    "broker": _broker,
    "storage": _storage,
}
