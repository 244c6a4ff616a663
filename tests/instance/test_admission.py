"""What comes in: refused with a sentence and nothing left, or streamed without growing."""

import struct
import zipfile

import pytest

from tests.instance.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("installation")]
MEGABYTE = 1024 * 1024


def wav_header(data_bytes):
    """Of 48 kHz stereo 16-bit sound."""
    return (
        b"RIFF"
        + (data_bytes + 36).to_bytes(4, "little")
        + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 2, 48_000, 192_000, 4, 16)
        + b"data"
        + data_bytes.to_bytes(4, "little")
    )


def hostile(folder, kind):
    path = folder / f"{kind.replace(' ', '-')}.mp4"
    if kind == "zero bytes":
        path.write_bytes(b"")
    elif kind == "text":
        path.write_text("Dear all,\n" * 1000)
    elif kind == "cut video":
        whole = (ROOT / "samples" / "meeting_en.mp4").read_bytes()
        path.write_bytes(whole[: len(whole) // 3])
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.txt", "x" * 10_000)
    elif kind == "playlist":
        path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n")
    else:
        path.write_text("ffconcat version 1.0\nfile /etc/passwd\n")
    return path


@pytest.mark.parametrize("kind", ["zero bytes", "text", "cut video", "zip", "playlist", "concat"])
def test_what_is_no_recording_is_refused_and_nothing_is_left(installation, tmp_path, kind):
    before = (
        len(installation.objects()),
        len(installation.client.get("meetings/").json()["results"]),
    )
    answer = installation.upload(hostile(tmp_path, kind))
    assert answer.status_code in (400, 422), answer.text
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    problem = answer.json()
    assert problem["code"] and problem["detail"]
    assert "passwd" not in answer.text and "root:" not in answer.text
    after = len(installation.objects()), len(installation.client.get("meetings/").json()["results"])
    assert before == after
    assert not list((installation.data_dir / "tmp").glob("*upload*"))


def test_the_web_process_carries_no_torch_and_stays_small(installation):
    installation.client.get("meetings/").raise_for_status()
    installation.client.get("search/meaning/", params={"q": "бюджет"}).raise_for_status()
    [web] = installation.processes("uvicorn", "config.asgi")
    assert not [m.path for m in web.memory_maps() if "libtorch" in m.path or "/av.libs/" in m.path]
    assert web.memory_info().rss <= 200 * MEGABYTE


def test_a_large_upload_does_not_grow_the_web_process(installation):
    [web] = installation.processes("uvicorn", "config.asgi")
    installation.client.get("meetings/").raise_for_status()
    before = web.memory_info().rss
    size = 1024 * MEGABYTE
    boundary = "sound"
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="recording"; filename="long.wav"'
        "\r\nContent-Type: audio/wav\r\n\r\n"
    ).encode() + wav_header(size)
    tail = f"\r\n--{boundary}--\r\n".encode()
    peak = before

    def body():
        nonlocal peak
        yield head
        for _ in range(size // MEGABYTE):
            peak = max(peak, web.memory_info().rss)
            yield bytes(MEGABYTE)
        yield tail

    answer = installation.client.post(
        "meetings/",
        content=body(),
        headers={
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(len(head) + size + len(tail)),
        },
    )
    assert answer.status_code == 202, answer.text
    assert max(peak, web.memory_info().rss) - before <= 50 * MEGABYTE
    gone = installation.client.delete(f"meetings/{answer.json()['id']}/")
    assert gone.status_code == 204
