"""Two versions of minutes side by side, statement by statement.

Pure, over the documents that the API shows. A statement is the same where its lineage is.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any

Document = dict[str, Any]
Key = tuple[str, str, int]

FIELDS = ("text", "kind", "assignee", "due_text", "due")
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


def compare(old: Sequence[Document], new: Sequence[Document]) -> list[Document]:
    """The sections of both, with entries ``{lineage, changes, changed_fields, before, after,
    spans}``.

    ``changes`` holds ``added``, ``dropped`` or any of ``changed`` and ``moved``; nothing is the
    same. ``spans`` say how the text became: ``{op: equal | delete | insert, text}``.
    """
    olds, news = _keyed(old), _keyed(new)
    before = {s["lineage"]: (k, s) for k, section in olds.items() for s in section["statements"]}
    after = {s["lineage"] for section in new for s in section["statements"]}
    shown = []
    for key, section in (news | {k: s for k, s in olds.items() if k not in news}).items():
        there = section["statements"] if key in news else []
        moved = _moved(key, there, olds.get(key), before)
        entries = [
            entry(before.get(s["lineage"], (None, None))[1], s, s["lineage"] in moved)
            for s in there
        ]
        _put_dropped(entries, olds.get(key), after)
        shown.append({"kind": section["kind"], "title": section["title"], "entries": entries})
    return shown


def entry(before: Document | None, after: Document | None, is_moved: bool) -> Document:
    """One statement in both versions; None where it is missing."""
    fields = _fields(before, after) if before and after else []
    if before is None or after is None:
        changes = ["added"] if before is None else ["dropped"]
    else:
        changes = [*(["changed"] if fields else []), *(["moved"] if is_moved else [])]
    found = before or after or {}
    return {
        "lineage": found["lineage"],
        "changes": changes,
        "changed_fields": fields,
        "before": before,
        "after": after,
        "spans": spans((before or {}).get("text", ""), (after or {}).get("text", "")),
    }


def spans(before: str, after: str) -> list[dict[str, str]]:
    """How ``before`` became ``after``, word by word; texts joined give both again."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    found: list[dict[str, str]] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            found.append({"op": "equal", "text": "".join(old[a:b])})
            continue
        if b > a:
            found.append({"op": "delete", "text": "".join(old[a:b])})
        if d > c:
            found.append({"op": "insert", "text": "".join(new[c:d])})
    return found


def totals(sections: Iterable[Document]) -> dict[str, int]:
    """How many statements were added, dropped, changed and moved, and how many are the same."""
    counts = dict.fromkeys(("added", "dropped", "changed", "moved", "same"), 0)
    for section in sections:
        for found in section["entries"]:
            for change in found["changes"] or ["same"]:
                counts[change] += 1
    return counts


def _keyed(sections: Sequence[Document]) -> dict[Key, Document]:
    """By kind and title; sections that share both are told apart by their order."""
    found: dict[Key, Document] = {}
    for section in sections:
        same = sum(key[:2] == (section["kind"], section["title"]) for key in found)
        found[section["kind"], section["title"], same] = section
    return found


def _fields(before: Document, after: Document) -> list[str]:
    changed = [name for name in FIELDS if before.get(name) != after.get(name)]
    quotes = [[e["quote"] for e in s["evidence"]] for s in (before, after)]
    return [*changed, *(["evidence"] if quotes[0] != quotes[1] else [])]


def _moved(
    key: Key,
    there: Sequence[Document],
    old: Document | None,
    before: dict[str, tuple[Key, Document]],
) -> set[str]:
    """Lineages that came from another section, or changed their order within this one."""
    known = [s["lineage"] for s in there if s["lineage"] in before]
    foreign = {lineage for lineage in known if before[lineage][0] != key}
    now = [lineage for lineage in known if lineage not in foreign]
    then = [s["lineage"] for s in (old or {"statements": []})["statements"] if s["lineage"] in now]
    kept = SequenceMatcher(None, then, now, autojunk=False).get_matching_blocks()
    still = {lineage for block in kept for lineage in now[block.b : block.b + block.size]}
    return foreign | (set(now) - still)


def _put_dropped(entries: list[Document], old: Document | None, after: Collection[str]) -> None:
    """Show what is gone behind what it stood behind."""
    place = 0
    for statement in (old or {"statements": []})["statements"]:
        lineages = [e["lineage"] for e in entries]
        if statement["lineage"] not in after:
            entries.insert(place, entry(statement, None, False))
            place += 1
        elif statement["lineage"] in lineages:
            place = lineages.index(statement["lineage"]) + 1
