"""One call a cell of the table, with everything that it changes taken back."""

from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.rights import routes
from tests.rights.table import Row
from tests.rights.world import World

MULTIPART = ("/api/v1/meetings/", "/api/v1/attachments/")
"""Where the API takes forms alone."""

OF_SEGMENT = {
    "meetings": "meeting",
    "minutes": "minutes",
    "series": "series",
    "jobs": "job",
    "comments": "comment",
    "segments": "segment",
    "bookmarks": "bookmark",
    "speakers": "speaker",
    "voices": "known",
    "statements": "statement",
    "action-items": "item",
    "workspaces": "home",
    "members": "viewer",
    "shares": "share",
    "links": "made",
    "calendar": "calendar",
    "shared": "link",
    "api": "nowhere",
    "api-keys": "key",
    "attachments": "attachment",
    "uploads": "upload",
    "parts": "number",
    "pages": "number",
    "previews": "preview",
    "bin": "binned",
    "exports": "export",
    "ask": "question",
    "templates": "template",
    "webhooks": "webhook",
    "deliveries": "delivery",
    "invitations": "invitation",
    "sessions": "kind",
    "token": "nowhere",
    "with": "nowhere",
    "guide": "chapter",
}
"""What a parameter stands for behind each part of an address."""

LINK = "link"
UNKNOWN = "never-made"


def address(world: World, route: str, caller: str = "") -> str:
    """The route with the world's rows in the place of its parameters."""
    parts: list[str] = []
    for part in route.split("/"):
        before = parts[-1] if parts else ""
        if "{" in part and before not in OF_SEGMENT:
            raise LookupError(f"Say in tests/rights/calls.py what {part} of {route} stands for.")
        name = OF_SEGMENT.get(before, "")
        value = str(world.tokens.get(caller, UNKNOWN) if name == LINK else world.names.get(name))
        parts.append(routes.BRACES.sub(value, part))
    return "/".join(parts)


def call(world: World, caller: str, row: Row) -> Any:
    """What ``caller`` is answered."""
    client = world.client_of(caller)
    cache.clear()  # nobody is slowed down for what others asked before
    with transaction.atomic():
        answer = asked(client, row, address(world, row.route, caller), world)
        transaction.set_rollback(True)
    return answer


def asked(client: Client, row: Row, path: str, world: World) -> Any:
    """The answer at an address, what the row sends filled in."""
    ask = getattr(client, row.method.lower())
    where = f"{path}?{row.query}" if row.query else path
    if row.method == "GET":
        return ask(where)
    document = row.document(world.names)
    if row.route.startswith("/api/") and row.route not in MULTIPART:
        return ask(where, document, format="json")
    return ask(where, document, format="multipart")
