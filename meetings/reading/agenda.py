"""Items of an agenda, found where a document says that one follows. Pure.

Only the list under such a heading counts: nothing is guessed from other lists.
"""

import re
from collections.abc import Iterable, Sequence

MOST_ITEMS = 100
LONGEST_ITEM = 500  # characters
LONGEST_PLAIN = 200  # characters of a line that is taken for an item though it has no mark

WRAPPED = 50  # characters

_HEADING = re.compile(
    r"(?:\W|\d)*(?:повестка(?: дня| заседания| собрания| совещания| встречи)?|"
    r"вопросы повестки(?: дня)?|план (?:встречи|совещания|собрания)|"
    r"(?:meeting |draft )?agenda(?: items)?|order of business|items for discussion)"
    r"(?P<title>(?:(?! - )[^:.;\n]){0,60})(?::|\.|\W*$)(?P<rest>.*)",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"\s*(?:(?:вопрос|пункт|item)\s*(?:№\s*)?\d{1,2}\s*[.):]|\d{1,2}\s*[.)](?!\d)|\d{1,2}(?=\t)|"
    r"[-–—•*▪●◦‣·]|[a-zа-я]\))\s+(?:\[[ xX]\]\s+)?",
    re.IGNORECASE,
)
_DEEPER = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})+[.)]?\s+")
_INLINE = re.compile(r"(?:^|[\s;,])\d{1,2}[.)]\s+")
_EMPHASIS = re.compile(r"\*\*|__|`|^#+\s*")
_OTHER_PART = re.compile(
    r"\W*(?:присутств|приглаш|участник|председател|секретар|слушали|решили|постановили|"
    r"участвов|место|дата|время|present|attend|participants|apologies|chair|minutes|date|venue)",
    re.IGNORECASE,
)


def items(pages: Iterable[str]) -> list[str]:
    """The items under the first heading that has some, in order; none where there is no agenda."""
    lines = [line for page in pages for line in (*page.split("\n"), "")]
    for at, line in enumerate(lines):
        heading = _HEADING.fullmatch(_bare(line).strip())
        if heading is None or _MARK.match(heading["title"]):
            continue
        found = _inline(heading["rest"]) or _listed(lines[at + 1 :])
        if found:
            return found[:MOST_ITEMS]
    return []


def _bare(line: str) -> str:
    return _EMPHASIS.sub("", line)


def _inline(rest: str) -> list[str]:
    """Items that stand behind the heading's colon: numbered, or with semicolons between."""
    parts = _INLINE.split(f" {rest}") if _INLINE.search(f" {rest}") else rest.split(";")
    found = [text for part in parts if (text := _tidy(part))]
    return found if len(found) > 1 else []


def _listed(lines: Sequence[str]) -> list[str]:
    """Marked lines with those that continue them; or plain lines up to the first blank one."""
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return []
    if _MARK.match(_bare(lines[first])):
        return _marked(lines[first:])
    return _plain(lines[first:])


def _marked(lines: Sequence[str]) -> list[str]:
    found: list[str] = []
    was_blank = is_deeper = False
    before = ""
    for line in map(_bare, lines):
        if not line.strip():
            was_blank = True
            continue
        if mark := _MARK.match(line):
            found.append(line[mark.end() :])
            was_blank = is_deeper = False
        elif _DEEPER.match(line):
            is_deeper = True
        elif was_blank or _OTHER_PART.match(line) or not _goes_on(before, line):
            break
        elif not is_deeper:
            found[-1] += f" {line.strip()}"
        before = line
    return [text for item in found if (text := _tidy(item))]


def _goes_on(before: str, line: str) -> bool:
    """Whether a line without a mark belongs to the one before: by its small letter, or since
    that one is as long as lines are that a program broke."""
    return not line.strip()[0].isupper() or len(before) >= WRAPPED


def _plain(lines: Sequence[str]) -> list[str]:
    found: list[str] = []
    for line in map(_bare, lines):
        if not line.strip() or len(line) > LONGEST_PLAIN or _OTHER_PART.match(line):
            break
        found.append(line)
    return [text for item in found if (text := _tidy(item))]


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ;,").removesuffix(".")[:LONGEST_ITEM].strip()
