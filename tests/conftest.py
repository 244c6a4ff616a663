"""What every test may use: people, clients of pages and of the API, an empty cache."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from hypothesis import settings as hypothesis_settings
from rest_framework.test import APIClient

from accounts.models import User
from tests import s3_server
from tests.factories import UserFactory

# How long an example takes says more of the machine than of the code.
hypothesis_settings.register_profile("any machine", deadline=None)
hypothesis_settings.load_profile("any machine")


@pytest.fixture(autouse=True, scope="session")
def static_files_under_plain_names() -> Iterator[None]:
    """Pages can be rendered without ``collectstatic``."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=configured.STORAGES | {"staticfiles": plain}):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tests with real transactions empty all tables; the audit log's does not let itself be."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE accounts_auditentry DISABLE TRIGGER accounts_auditentry_stays_whole"
        )


@pytest.fixture(autouse=True)
def empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests that use the database start with an empty cache."""
    asks = any(name in request.fixturenames for name in ("db", "transactional_db"))
    if asks or request.node.get_closest_marker("django_db"):
        cache.clear()
    yield


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[s3_server.S3Server]:
    """A real S3 server, the same for all tests."""
    with s3_server.running(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def on_s3(s3: s3_server.S3Server, settings: Any) -> s3_server.S3Server:
    """Objects lie on it."""
    settings.AWS_STORAGE_BUCKET_NAME = s3_server.BUCKET
    settings.AWS_S3_ENDPOINT_URL = settings.AWS_S3_PUBLIC_URL = s3.endpoint
    settings.AWS_S3_ACCESS_KEY_ID = s3_server.ACCESS
    settings.AWS_S3_SECRET_ACCESS_KEY = s3_server.SECRET
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "storages.backends.s3.S3Storage"}
    }
    return s3


@pytest.fixture
def user(db: None) -> User:
    """A person with a personal workspace."""
    return UserFactory.create()


@pytest.fixture
def stranger(db: None) -> User:
    """A person who shares no workspace with ``user``."""
    return UserFactory.create()


@pytest.fixture
def browser(client: Client, user: User) -> Client:
    """A browser in which ``user`` is signed in."""
    client.force_login(user)
    return client


@pytest.fixture
def api_of() -> Callable[[User | None], APIClient]:
    """Makes clients of the API, signed in as a person; None is nobody."""

    def make(person: User | None) -> APIClient:
        made = APIClient()
        if person is not None:
            made.force_login(person)
        return made

    return make


@pytest.fixture
def api(api_of: Callable[[User | None], APIClient], user: User) -> APIClient:
    """A client of the API, signed in as ``user``."""
    return api_of(user)
