"""The world of the rights."""

from collections.abc import Iterator

import pytest
from django.core.files.storage import default_storage

from tests.rights import world as worlds


@pytest.fixture
def world(db: None) -> Iterator[worlds.World]:
    """Everybody and everything; the objects are deleted at the end."""
    made = worlds.made()
    yield made
    default_storage.delete(f"meetings/{made.names['export']}.zip")
    folder = f"meetings/{made.names['meeting']}"
    for name in default_storage.listdir(folder)[1]:
        default_storage.delete(f"{folder}/{name}")
