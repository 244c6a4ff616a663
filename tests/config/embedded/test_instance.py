"""What stands in a data directory, and who may use it."""

import stat

import pytest

from config.embedded.errors import StartError
from config.embedded.instance import Instance

SERVERS = {
    "DATABASE_URL": "postgres://db.example.org/protokol",
    "REDIS_URL": "redis://redis.example.org/0",
    "BROKER_URL": "amqp://rabbit.example.org//",
}


@pytest.fixture
def given(tmp_path):
    return {"DATA_DIR": str(tmp_path / "var"), "PORT": "8123", "PATH": "/usr/bin"}


@pytest.fixture
def instance(given):
    instance = Instance(given)
    instance.data_dir.mkdir()
    return instance


def test_servers_named_in_the_environment_are_used_and_none_is_started(instance, given):
    servers, named = Instance(given | SERVERS).servers()
    assert servers == []
    assert named.items() >= SERVERS.items()


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "BROKER_URL"])
def test_a_server_that_is_not_named_is_private(instance, given, name):
    servers, named = Instance(given | SERVERS | {name: ""}).servers()
    assert [s.name for s in servers] == ["postgres" if name == "DATABASE_URL" else "redis"]
    assert "127.0.0.1" in named[name]
    others = {k: v for k, v in SERVERS.items() if k != name}
    assert named.items() >= others.items()


def test_a_database_named_in_a_file_is_not_started(instance, given):
    servers, named = Instance(given | {"DATABASE_URL_FILE": "/run/secrets/url"}).servers()
    assert [s.name for s in servers] == ["redis"]
    assert "DATABASE_URL" not in named


def test_secrets_are_made_once_and_readable_by_the_owner_alone(instance, given):
    first = instance.secrets()
    assert Instance(given).secrets() == first
    assert len(set(first.values())) == len(first)
    mode = (instance.data_dir / "secrets.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_secret_key_of_ones_own_is_kept(instance, given):
    assert "SECRET_KEY" not in Instance(given | {"SECRET_KEY_FILE": "/run/key"}).servers()[1]
    assert Instance(given | {"SECRET_KEY": "mine"}).environment({})["SECRET_KEY"] == "mine"


def test_a_data_directory_in_use_says_where_and_lets_nobody_in(instance, given):
    with instance.locked():
        instance.publish(SERVERS)
        with (
            pytest.raises(StartError, match=r"already runs in .*127\.0\.0\.1:8123"),
            _second(given),
        ):
            pass
    with _second(given):
        pass


def _second(given):
    return Instance(given | {"PORT": "8124"}).locked()


def test_other_commands_learn_the_running_servers_and_port(instance, given):
    other = Instance(given | {"PORT": "9999"})
    assert not other.is_running()
    with instance.locked():
        instance.publish(SERVERS)
        assert other.is_running()
        environment = other.environment(other.published())
        assert environment.items() >= (SERVERS | {"PORT": "8123"}).items()
    assert not other.is_running()


def test_an_instance_that_never_came_up_is_said_so(instance):
    with pytest.raises(StartError, match="did not finish its start"):
        instance.published(seconds=0)
