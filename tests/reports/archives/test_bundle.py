"""The zip streams, names every file once, and its manifest tells the truth."""

import hashlib
import io
import json
import tracemalloc
from zipfile import ZipFile

from reports.archives.bundle import Bundle


class Pipe:
    """Takes bytes and cannot be sought in, as a store's upload."""

    def __init__(self):
        self.taken = io.BytesIO()

    def write(self, data):
        return self.taken.write(data)


def test_the_manifest_has_the_digest_of_every_file():
    pipe = Pipe()
    bundle = Bundle(pipe, lambda: None)
    bundle.add("a/Текст.txt", [b"one", b"two"])
    bundle.add("a/sound.ogg", [b"\0" * 1000], packed=False)
    bundle.leave_out("a/lost.ogg", "missing in the store")
    bundle.close({"protokol": "0"})
    found = ZipFile(pipe.taken)
    assert found.testzip() is None
    assert found.namelist() == ["a/Текст.txt", "a/sound.ogg", "manifest.json"]
    manifest = json.loads(found.read("manifest.json"))
    assert manifest["left_out"] == [{"path": "a/lost.ogg", "reason": "missing in the store"}]
    for file in manifest["files"]:
        content = found.read(file["path"])
        assert len(content) == file["bytes"]
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
    assert bundle.size == len(pipe.taken.getvalue())


def test_two_files_of_one_name_are_two_files():
    pipe = Pipe()
    bundle = Bundle(pipe, lambda: None)
    for name in ("a/x.ogg", "a/X.ogg", "a/x.ogg"):
        bundle.add(name, [b"x"])
    bundle.close({})
    names = ZipFile(pipe.taken).namelist()
    assert names[:3] == ["a/x.ogg", "a/X (2).ogg", "a/x (3).ogg"]


class Nowhere:
    def write(self, data):
        return len(data)


def test_memory_does_not_grow_with_what_is_put_in():
    chunk = bytes(1024 * 1024)
    bundle = Bundle(Nowhere(), lambda: None)
    tracemalloc.start()
    bundle.add("long.wav", (chunk for _ in range(200)), packed=False)
    bundle.add("long.txt", (chunk for _ in range(20)))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024
