"""Makes small media files for the tests, with the ffmpeg that the project installs."""

import subprocess
from pathlib import Path

import imageio_ffmpeg

FORMATS = {
    "mp3": "-c:a libmp3lame",
    "m4a": "-c:a aac -f ipod",
    "aac": "-c:a aac -f adts",
    "ogg": "-c:a libvorbis",
    "opus": "-c:a libopus",
    "wav": "-c:a pcm_s16le",
    "flac": "-c:a flac",
    "webm": "-c:a libopus",
    "mkv": "-c:a aac",
    "mp4": "-c:a aac",
    "mov": "-c:a pcm_s16be",
    "avi": "-c:a mp3",
    "wma": "-c:a wmav2 -f asf",
    "amr": "-c:a libopencore_amrnb -ar 8000 -b:a 12.2k",
    "3gp": "-c:a libopencore_amrnb -ar 8000 -b:a 12.2k",
}
"""Every extension that people bring, and how ffmpeg writes it."""


def ffmpeg(*arguments: str | Path) -> None:
    """Runs ffmpeg, quietly."""
    subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", *map(str, arguments)],
        check=True,
    )


def tone(
    path: Path, options: str = "", *, seconds: float = 3, hertz: int = 440, channels: int = 1
) -> Path:
    """A file at ``path`` with a tone in it, coded as ``options`` or else its suffix say."""
    coded = options or FORMATS[path.suffix[1:]]
    source = f"sine=frequency={hertz}:sample_rate=48000:duration={seconds}"
    ffmpeg("-f", "lavfi", "-i", source, "-ac", str(channels), *coded.split(), path)
    return path


def video(path: Path, options: str = "-c:v mpeg4 -c:a aac", *, seconds: float = 3) -> Path:
    """A small moving picture with a tone; ``options`` as ffmpeg takes them."""
    ffmpeg(
        *("-f", "lavfi", "-i", f"testsrc=size=64x48:rate=10:duration={seconds}"),
        *("-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"),
        *options.split(),
        path,
    )
    return path


def cut(path: Path, share: float) -> Path:
    """Keeps the first ``share`` of the bytes of ``path``."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path
