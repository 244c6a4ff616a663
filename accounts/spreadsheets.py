"""Tables for spreadsheets: CSV by RFC 4180, with a mark that Excel needs. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for another encoding."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(cell: str) -> str:
    """``cell`` so that no spreadsheet takes it for a formula: such ones get an apostrophe first."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A header and a line a row, no cell a formula; lines end with CR LF."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in header])
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
    return BYTE_ORDER_MARK + target.getvalue()
