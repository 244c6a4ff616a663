"""Who talked how long, as a table for spreadsheets."""

from django.utils.translation import gettext as _

from accounts.spreadsheets import table
from transcription.airtime import VoiceTime
from transcription.roll import Roll


def csv_of(roll: Roll) -> str:
    """A header, a row a voice, and rows for what is nobody's: silence, several at once."""
    rows = [_row(row.speaker.display_name, row.time, row.share) for row in roll.rows]
    if roll.unknown:
        rows.append(_row(_("Unknown speaker"), roll.unknown, roll.unknown_share))
    rows.append(_rest(_("Silence"), roll.airtime.silence, roll.silence_share))
    if roll.airtime.overlap is not None:
        rows.append(_rest(_("Several at once"), roll.airtime.overlap, roll.overlap_share or 0.0))
    rows.append(_rest(_("Recording"), roll.airtime.duration, 100.0))
    return table(_header(), rows)


def _header() -> list[str]:
    return [
        _("Speaker"),
        _("Talk, s"),
        _("Of the recording, %"),
        _("Segments"),
        _("First word, s"),
        _("Last word, s"),
    ]


def _row(name: str, time: VoiceTime, share: float) -> list[str]:
    return [
        name,
        f"{time.seconds:.1f}",
        f"{share:.1f}",
        str(time.segments),
        "" if time.first is None else f"{time.first:.1f}",
        "" if time.last is None else f"{time.last:.1f}",
    ]


def _rest(name: str, seconds: float, share: float) -> list[str]:
    return [name, f"{seconds:.1f}", f"{share:.1f}", "", "", ""]
