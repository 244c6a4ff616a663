"""The demonstration: a recording goes in by the HTTP API, a transcript and minutes come out.

Everything here is what any client could do with an API key.
"""

import json
import mimetypes
import time
import uuid
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx

from config.embedded.demo_screen import Screen
from config.embedded.errors import StartError

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "meeting_ru.ogg"
EMAIL = "demo@example.com"
POLL_SECONDS = 1.0
PATIENCE_SECONDS = 60
ENDED = ("succeeded", "failed", "cancelled")


class Api:
    """The few calls the demonstration needs; an answer that is a problem becomes StartError."""

    def __init__(self, url: str, key: str) -> None:
        self._client = httpx.Client(
            base_url=f"{url}api/v1/",
            headers={"Authorization": f"Api-Key {key}", "Accept-Language": "ru"},
            timeout=60,
            trust_env=False,
        )

    def upload(self, recording: Path) -> tuple[dict[str, Any], str]:
        """Upload a recording; return its meeting and the address of its job."""
        kind = mimetypes.guess_type(recording.name)[0] or "application/octet-stream"
        with recording.open("rb") as content:
            answer = self._client.post(
                "meetings/",
                data=_known_facts(recording),
                files={"recording": (recording.name, content, kind)},
                headers={"Idempotency-Key": str(uuid.uuid4())},
            )
        if answer.status_code != httpx.codes.ACCEPTED:
            raise StartError(f"the upload was refused: {_problem(answer)}")
        return answer.json(), str(answer.url.join(answer.headers["Location"]))

    def get(self, address: str) -> httpx.Response:
        """Return what stands at an address, patient with a server that is being restarted."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                answer = self._client.get(address)
            except httpx.TransportError as reason:
                said = str(reason)
            else:
                if not answer.is_server_error:
                    return answer
                said = _problem(answer)
            if time.monotonic() > deadline:
                raise StartError(f"{address} does not answer: {said}")
            time.sleep(POLL_SECONDS)

    def close(self) -> None:
        """End the connections."""
        self._client.close()


def show(url: str, key: str, password: str, environment: Mapping[str, str]) -> int:
    """Upload, follow, print; return 0 when minutes came out, 1 when the job failed.

    ``DEMO_FILE`` is the recording, ``DEMO_OUT`` the folder for transcript.json and minutes.json.
    """
    recording = Path(environment.get("DEMO_FILE") or SAMPLE)
    if not recording.is_file():
        raise StartError(f"there is no recording {recording}")
    out = Path(environment.get("DEMO_OUT") or ROOT / "var" / "demo")
    with ExitStack() as stack:
        api = Api(url, key)
        stack.callback(api.close)
        screen = stack.enter_context(Screen())
        screen.say(f"Uploading {recording.name} ({recording.stat().st_size / 1e6:.1f} MB)")
        meeting, job_url = api.upload(recording)
        job = _follow(api, meeting["id"], job_url, screen)
        if job["state"] != "succeeded":
            screen.say(f"The job {job['state']}: {_why(job)}", "red")
            return 1
        screen.transcript(_keep(api, meeting["id"], "transcript", out))
        screen.minutes(_keep(api, meeting["id"], "minutes", out))
        screen.say(f"\nKept in {out}: transcript.json, minutes.json")
        screen.say(f"The meeting: {url}meetings/{meeting['id']}/   sign in: {EMAIL}  {password}")
    return 0


def _follow(api: Api, meeting: str, job_url: str, screen: Screen) -> dict[str, Any]:
    """Show the job until it has ended; return it."""
    while True:
        job: dict[str, Any] = api.get(job_url).json()
        screen.stages(job["stages"], job.get("eta_seconds"))
        transcript = api.get(f"meetings/{meeting}/transcript/")
        if transcript.is_success:
            screen.segments(transcript.json()["segments"])
        if job["state"] in ENDED:
            return job
        time.sleep(POLL_SECONDS)


def _keep(api: Api, meeting: str, name: str, out: Path) -> dict[str, Any]:
    """Write a document as the API gives it, and return it."""
    answer = api.get(f"meetings/{meeting}/{name}/")
    if not answer.is_success:
        raise StartError(f"there is no {name}: {_problem(answer)}")
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.json").write_bytes(answer.content)
    document: dict[str, Any] = answer.json()
    return document


def _why(job: Mapping[str, Any]) -> str:
    """The sentence of each stage that failed."""
    ended = [stage for stage in job["stages"] if stage["error"]]
    reasons = [f"{stage['name']}: {stage['error']['detail']}" for stage in ended]
    return " ".join(reasons) or "no stage says why"


def _known_facts(recording: Path) -> dict[str, str]:
    """What is known of a bundled sample; of any other recording, nothing."""
    facts_path = recording.with_suffix(".facts.json")
    if recording.resolve().parent != SAMPLE.parent or not facts_path.exists():
        return {}
    facts = json.loads(facts_path.read_text())
    return {"title": facts["title"], "held_at": f"{facts['date']}T10:00:00Z"}


def _problem(answer: httpx.Response) -> str:
    """The sentence of a problem+json, else the status."""
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return f"{answer.status_code} {answer.reason_phrase}"
