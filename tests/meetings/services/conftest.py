"""A queued job on a recording that lies nowhere: enough for the services of the pipeline."""

import pytest

from accounts.models import User
from meetings.models import Job, Meeting, Recording
from meetings.services import jobs


@pytest.fixture(autouse=True)
def broker_that_remembers(request, monkeypatch):
    """But for its own tests, the broker lost nothing since the reaper's last look."""
    if request.module.__name__.rpartition(".")[2] != "test_broker":
        monkeypatch.setattr("meetings.services.broker.may_have_forgotten", lambda: False)


@pytest.fixture
def meeting(db) -> Meeting:
    user = User.objects.create_user("anna@example.com")
    meeting = Meeting.objects.create(
        workspace=user.workspaces.get(), created_by=user, title="Weekly"
    )
    Recording.objects.create(
        meeting=meeting,
        key=f"meetings/{meeting.pk}/original",
        filename="weekly.ogg",
        bytes=1,
        sha256="0" * 64,
        container="ogg",
        duration=60,
    )
    return meeting


@pytest.fixture
def job(meeting) -> Job:
    return jobs.start(meeting=meeting, by=None, options={})
