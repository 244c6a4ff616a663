"""Sheets as PDF: tagged (PDF/UA-1), with the fonts that the typst package brings embedded."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import typst

TEMPLATE = Path(__file__).with_name("sheet.typ")


def write(sheet: Mapping[str, Any]) -> bytes:
    """The file. ``sheet``: ``sheet.as_json``'s values.

    Never takes a font of the system, so that a sheet looks the same everywhere. A letter that none
    of the fonts has keeps a file from being PDF/UA; such a sheet is tagged all the same.
    """
    try:
        return _compiled(sheet, "ua-1")
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    return _compiled(sheet, None)


def _compiled(sheet: Mapping[str, Any], standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)},
        pdf_standards=standard,
        timestamp=datetime.fromisoformat(sheet["created"]).replace(microsecond=0),
        pdf_tags=True,
    )
