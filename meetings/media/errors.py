"""Why a file cannot become a recording: stable codes, one sentence each for the person."""


def _(sentence: str) -> str:
    """Mark a sentence for translation; who shows it translates it."""
    return sentence


SENTENCES = {
    "empty_file": _("The file is empty."),
    "not_media": _(
        "This is not an audio or video file that can be read, whatever its name says. "
        "MP3, M4A, AAC, OGG, Opus, WAV, FLAC, WMA, AMR, WebM, MKV, MP4, MOV, AVI and 3GP are."
    ),
    "playlist_refused": _(
        "This is a playlist: it only points at recordings elsewhere. Upload the recording itself."
    ),
    "no_audio": _("There is no sound in this file."),
    "unsupported_codec": _(
        "The sound in this file is coded in a way that cannot be read ({codec})."
    ),
    "truncated": _(
        "The file is cut off: its index, which is written at the very end, is missing. "
        "Export or copy the recording again."
    ),
    "truncated:readable": _(
        "The file is cut off: only the first {readable} of {declared} are in it. "
        "Export or copy the recording again."
    ),
    "too_long": _("The recording is longer than {longest}. Upload it in parts."),
    "too_many_tracks": _("The file has {tracks} tracks; at most {most} can be read."),
    "checksum_mismatch": _(
        "What has arrived is not the file that was announced: its SHA-256 differs."
    ),
    "damaged": _("The file is damaged and cannot be read."),
    "decode_failed": _("The sound in this file cannot be decoded; the file is probably damaged."),
    "probe_timeout": _("The file could not be examined in the time allowed."),
    "decode_timeout": _("The sound could not be decoded in the time allowed."),
    "disk_full": _("There is no room left on the server's disk for this recording."),
    "out_of_memory": _("The server had too little memory to read this recording."),
}
"""English sentences by reason; a reason is a code, or ``code:variant``. Facts go in braces."""

RETRYABLE = frozenset({"probe_timeout", "decode_timeout", "disk_full", "out_of_memory"})


class UnreadableMedia(Exception):  # noqa: N818 - it says what the file is
    """A file cannot be used. ``code`` is stable; ``detail`` is a sentence for the person.

    ``reason`` is the key of the sentence in ``SENTENCES`` and ``facts`` what fills its braces,
    so that it can be said in another language. ``retryable``: trying again may help.
    """

    def __init__(self, reason: str, **facts: str | int) -> None:
        self.reason = reason
        self.facts = facts
        self.code = reason.partition(":")[0]
        self.detail = SENTENCES[reason].format(**facts)
        self.retryable = self.code in RETRYABLE
        super().__init__(self.detail)


def clock(seconds: float) -> str:
    """Seconds as ``m:ss``, or ``h:mm:ss`` from an hour on; the fraction is dropped."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
