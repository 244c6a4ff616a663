"""What a model may answer, and what becomes of it: schemas, answers as items. Pure."""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from reports.writers.base import Evidence, Segment
from reports.writers.llm.prompts import harmless, plain
from reports.writers.llm.provider import VENDORS, Failure
from reports.writers.llm.quotes import evidence as evidence_of

TEXT_MOST, WORDS_MOST, NAME_MOST = 400, 200, 100
"""Characters of a statement, of a quote, of a name or a due day."""
QUOTES_MOST = 3
ITEMS_MOST = {"topics": 4, "decisions": 8, "tasks": 8, "questions": 5, "figures": 8}
KINDS = {
    "topics": "topic",
    "decisions": "decision",
    "tasks": "action_item",
    "questions": "question",
    "figures": "figure",
}
NAMES = {kind: name for name, kind in KINDS.items()}
POINTS_MOST = 12
"""Statements of a section with a task of its own, of one stretch."""
SOURCES_MOST = 20
EVIDENCE_MOST = 8
"""Pieces of evidence that a joined statement keeps."""
Form = TypeVar("Form", bound=BaseModel)
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)


@dataclass(frozen=True)
class Item:
    """A statement in the making; its evidence is of this meeting's segments."""

    kind: str
    text: str
    evidence: tuple[Evidence, ...]
    assignee: str = ""
    due: str = ""

    @property
    def told(self) -> str:
        """The item on one line, as it is given to the model once more."""
        charged = "; ".join(harmless(part) for part in (self.assignee, self.due) if part)
        return harmless(self.text) + (f" ({charged})" if charged else "")


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Quote(_Answer):
    line: int
    words: str


class _Said(_Answer):
    text: str
    evidence: list[_Quote]


class _Task(_Said):
    assignee: str = ""
    due: str = ""


class _Section(_Answer):
    statements: list[_Task]


class _Joined(_Answer):
    text: str
    sources: list[int]
    assignee: str = ""
    due: str = ""


class _Tried(_Answer):
    decision: str
    line: int


class _Reduced(_Answer):
    statements: list[_Joined]
    withdrawn: list[int] = []


def reading_schema(first: int, last: int, names: Collection[str] = ()) -> dict[str, Any]:
    """The form of an answer about lines ``first`` to ``last``; ``names``: of what, all if none."""
    wanted = {name: most for name, most in ITEMS_MOST.items() if not names or name in names}
    forms = {name: _said_schema(first, last, charged=name == "tasks") for name in wanted}
    return _object(**{name: _list(forms[name], most) for name, most in wanted.items()})


def section_schema(
    first: int, last: int, *, charged: bool = False, most: int = POINTS_MOST
) -> dict[str, Any]:
    """The form of an answer that writes one section of lines ``first`` to ``last``."""
    return _object(statements=_list(_said_schema(first, last, charged=charged), most))


def _said_schema(first: int, last: int, *, charged: bool) -> dict[str, Any]:
    number = {"type": "integer", "minimum": first, "maximum": last}
    quote = _object(line=number, words=_text(WORDS_MOST))
    said = {"text": _text(TEXT_MOST), "evidence": _list(quote, QUOTES_MOST, least=1)}
    if charged:
        said |= {"assignee": _text(NAME_MOST), "due": _text(NAME_MOST)}
    return _object(**said)


def reducing_schema(lines: int, most: int, *, charged: bool = False) -> dict[str, Any]:
    """The form of an answer that joins or sums up ``lines`` statements to ``most``."""
    number = {"type": "integer", "minimum": 1, "maximum": lines}
    joined = {"text": _text(TEXT_MOST), "sources": _list(number, SOURCES_MOST, least=1)}
    if charged:
        joined |= {"assignee": _text(NAME_MOST), "due": _text(NAME_MOST)}
    return _object(
        statements=_list(_object(**joined), most), withdrawn=_list(number, max(1, lines - 1))
    )


def trial_schema() -> dict[str, Any]:
    """The form of a trial's answer: small, but with all that the others are made of."""
    return _object(decision=_text(60), line={"type": "integer", "minimum": 1, "maximum": 1})


def tried(answer: str) -> str:
    """What a trial's answer says; Failure ``invalid`` where it has not the form."""
    return _clean(_parsed(_Tried, answer).decision, TEXT_MOST)


def form_of(schema: dict[str, Any]) -> Any:
    """A schema as an empty form, for servers that know no schemas."""
    if schema["type"] == "object":
        return {name: form_of(inner) for name, inner in schema["properties"].items()}
    if schema["type"] == "array":
        return [form_of(schema["items"])]
    return schema.get("minimum", "")


def schema_text(kind: str) -> str:
    """What a provider of this kind may put of the longest schema before the question.

    Vendors take it for text; servers of one's own make a grammar of it, or get a form.
    """
    schema = reading_schema(1000, 9999)
    return json.dumps(schema if kind in VENDORS else form_of(schema))


def found(
    answer: str, first: int, segments: Sequence[Segment], names: Collection[str] = ()
) -> list[Item]:
    """The items of an answer about ``segments``, whose first one is line ``first``.

    ``names``: what was asked for, all if none.

    Lines that were not shown are no evidence, and quotes are led back to what was said. Failure
    ``invalid`` with what is wrong in words.
    """
    wanted = tuple(name for name in ITEMS_MOST if not names or name in names)
    read = _parsed(_form(wanted), answer)
    items = []
    for name in wanted:
        most, said = ITEMS_MOST[name], getattr(read, name)
        if len(said) > 2 * most:
            raise Failure("invalid", f"too many {name}: at most {most}", partial=answer)
        items += [_item(KINDS[name], entry, first, segments) for entry in said]
    return [item for item in items if item.text]


def told(answer: str, first: int, segments: Sequence[Segment], kind: str) -> list[Item]:
    """The statements of an answer that writes one section of ``segments``; as ``found``."""
    said = _parsed(_Section, answer).statements
    if len(said) > 2 * POINTS_MOST:
        raise Failure("invalid", f"too many statements: at most {POINTS_MOST}", partial=answer)
    items = [_item(kind, entry, first, segments) for entry in said]
    return [item for item in items if item.text]


@lru_cache(maxsize=64)
def _form(names: tuple[str, ...]) -> type[BaseModel]:
    """The form of an answer with these lists, all of them required."""
    lists: dict[str, Any] = {n: (list[_Task] if n == "tasks" else list[_Said], ...) for n in names}
    return create_model("_Found", __base__=_Answer, **lists)


def reduced(answer: str, items: Sequence[Item], kind: str = "") -> tuple[list[Item], set[int]]:
    """Joined items and the places of all of ``items`` that were used or withdrawn.

    A joined item rests on the evidence of its sources; one without any is not taken.
    """
    read = _parsed(_Reduced, answer)
    done = {n - 1 for n in read.withdrawn if 0 < n <= len(items)}
    if len(done) == len(items):
        raise Failure("invalid", "not everything can be withdrawn", partial=answer)
    made = []
    for entry in read.statements[: len(items) + 1]:
        sources = [items[n - 1] for n in dict.fromkeys(entry.sources) if 0 < n <= len(items)]
        text = _clean(entry.text, TEXT_MOST)
        if not sources or not text:
            continue
        done |= {n - 1 for n in entry.sources if 0 < n <= len(items)}
        made.append(
            Item(
                kind or sources[0].kind,
                text,
                _evidence(sources),
                assignee=_clean(entry.assignee, NAME_MOST),
                due=_clean(entry.due, NAME_MOST),
            )
        )
    return made, done


def _parsed(form: type[Form], answer: str) -> Form:
    bare = _THOUGHT.sub("", answer)
    begin, end = bare.find("{"), bare.rfind("}")
    if begin < 0:
        raise Failure("invalid", "it has no JSON object", partial=answer)
    try:
        return form.model_validate_json(bare[begin : end + 1] if end > begin else bare[begin:])
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        complaint = f"{place}: {first['msg']}" if place else first["msg"]
        raise Failure("invalid", complaint[:200], partial=answer) from error


def _item(kind: str, entry: _Said, first: int, segments: Sequence[Segment]) -> Item:
    cited = [q for q in entry.evidence if 0 <= q.line - first < len(segments)][:QUOTES_MOST]
    evidence = [
        evidence_of(_clean(q.words, WORDS_MOST), q.line - first, segments)
        for q in cited
        if q.words.strip()
    ]
    return Item(
        kind,
        _clean(entry.text, TEXT_MOST),
        tuple(dict.fromkeys(evidence)),
        assignee=_clean(getattr(entry, "assignee", ""), NAME_MOST),
        due=_clean(getattr(entry, "due", ""), NAME_MOST),
    )


def _evidence(sources: Sequence[Item]) -> tuple[Evidence, ...]:
    """Of each source the first piece, then of each the second, and so on; in order of time."""
    deepest = max(len(s.evidence) for s in sources)
    ordered = [s.evidence[n] for n in range(deepest) for s in sources if n < len(s.evidence)]
    kept = list(dict.fromkeys(ordered))[:EVIDENCE_MOST]
    return tuple(sorted(kept, key=lambda e: (e.start, e.segment)))


def _clean(text: str, most: int) -> str:
    """``text`` on one line; what is longer than was allowed makes the answer invalid."""
    bare = plain(text)
    if len(bare) > 2 * most:
        raise Failure("invalid", f"a text of {len(bare)} characters: at most {most}")
    return "" if bare in ("-", "—", "null", "None", "N/A") else bare


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any], most: int, *, least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least, "maxItems": most}


def _text(most: int) -> dict[str, Any]:
    return {"type": "string", "maxLength": most}
