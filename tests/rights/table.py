"""The table of rights as it stands in ``matrix.txt``."""

import json
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("matrix.txt")


@dataclass(frozen=True)
class Row:
    """What each caller gets at a route with a method; ``body`` is sent where one is needed."""

    method: str
    route: str
    statuses: dict[str, int]
    query: str = ""
    body: str = ""

    def document(self, names: dict[str, object]) -> object:
        """The body with the world's ``$names`` filled in."""
        text = self.body or "{}"
        for name in sorted(names, key=len, reverse=True):
            text = text.replace(f"${name}", str(names[name]))
        return json.loads(text)


def rows() -> list[Row]:
    """All rows of the table."""
    lines = [line for line in FILE.read_text().splitlines() if line and line[0] != "#"]
    _method, _route, *columns = lines[0].split()
    return [_row(line, columns) for line in lines[1:]]


def callers() -> list[str]:
    """The columns."""
    return list(rows()[0].statuses)


def _row(line: str, callers: list[str]) -> Row:
    told, _, body = line.partition(" {")
    method, address, *statuses = told.split()
    if len(statuses) != len(callers):
        raise ValueError(f"{len(callers)} statuses are wanted: {line}")
    route, _, query = address.partition("?")
    found = dict(zip(callers, map(int, statuses), strict=True))
    return Row(method, route, found, query, "{" + body if body else "")
