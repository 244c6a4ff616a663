"""How long a container says that it is, in bytes, read from its own headers.

A file that is shorter than that was cut off. Standard library only; runs in the sandbox.
"""

import os
from dataclasses import dataclass

MOST_BOXES = 200_000
SLACK = 2.0  # seconds that may be missing at the end
UNKNOWN_RIFF_SIZES = range(0x7FFF_0000, 0x1_0000_0000)  # left by recorders that could not seek


@dataclass(frozen=True)
class Extent:
    """``declared`` bytes (0: the container does not say); ``index``: mp4's moov is there."""

    declared: int = 0
    index: bool = True


def is_short(readable: float, declared: float) -> bool:
    """Whether so many seconds of sound are fewer than the file said that it has."""
    return declared - readable > max(SLACK, declared / 100)


def extent(fd: int, size: int) -> Extent:
    """What the container that ``fd`` holds, ``size`` bytes, says of its own length."""
    head = os.pread(fd, 64, 0)
    if head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}:
        return _boxes(fd, size)
    if head[:4] == b"RIFF":
        length = int.from_bytes(head[4:8], "little")
        return Extent(0 if not length or length in UNKNOWN_RIFF_SIZES else 8 + length)
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return Extent(_segment_end(fd, head))
    return Extent()


def _boxes(fd: int, size: int) -> Extent:
    """Walks the top-level boxes (ISO/IEC 14496-12 §4.2)."""
    position, index = 0, False
    for _ in range(MOST_BOXES):
        head = os.pread(fd, 16, position)
        if len(head) < 8:
            break
        length = int.from_bytes(head[:4], "big")
        index = index or head[4:8] == b"moov"
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        if length < 8:  # 0: up to the end of the file; else no box
            position = size
            break
        position += length
    return Extent(position, index)


def _segment_end(fd: int, head: bytes) -> int:
    """The end of the Segment that follows the EBML header (RFC 8794 §4, RFC 9559 §5.1)."""
    length, width = _vint(head[4:])
    start = 4 + width + length
    segment = os.pread(fd, 12, start)
    if segment[:4] != b"\x18\x53\x80\x67":
        return 0
    length, width = _vint(segment[4:])
    unknown = length == (1 << 7 * width) - 1
    return 0 if unknown or not width else start + 4 + width + length


def _vint(data: bytes) -> tuple[int, int]:
    """An EBML variable-size integer and its width in bytes; width 0 when it is none."""
    if not data or not data[0]:
        return 0, 0
    width = 9 - data[0].bit_length()
    return int.from_bytes(data[:width], "big") & ((1 << 7 * width) - 1), width
