"""Two versions compared: what is shown is what happened."""

from hypothesis import given
from hypothesis import strategies as st

from reports.differences import compare, spans, totals


def statement(name, text=None, **fields):
    rest = {"kind": "decision", "assignee": "", "due_text": "", "due": None, "evidence": []}
    return {"lineage": name, "text": text or name} | rest | fields


def section(*statements, kind="decision"):
    return {"kind": kind, "title": kind, "statements": list(statements)}


def changes(old, new):
    found = compare(old, new)
    return {e["lineage"]: e["changes"] for s in found for e in s["entries"]}


def test_the_same_version_has_no_change():
    version = [section(statement("a"), statement("b")), section(statement("c"), kind="question")]
    assert changes(version, version) == {"a": [], "b": [], "c": []}
    assert totals(compare(version, version))["same"] == 3


def test_added_dropped_and_changed_are_told_apart():
    old = [section(statement("a"), statement("b", "Бюджет 200"))]
    new = [section(statement("b", "Бюджет 300"), statement("c"))]
    assert changes(old, new) == {"a": ["dropped"], "b": ["changed"], "c": ["added"]}
    [shown] = compare(old, new)
    assert [e["lineage"] for e in shown["entries"]] == ["a", "b", "c"]
    assert shown["entries"][1]["spans"] == [
        {"op": "equal", "text": "Бюджет "},
        {"op": "delete", "text": "200"},
        {"op": "insert", "text": "300"},
    ]


def test_a_changed_date_or_evidence_is_a_change_though_the_text_is_the_same():
    old, new = statement("a", due="2026-03-16"), statement("a", due="2026-03-17")
    cited = statement("a", due="2026-03-17", evidence=[{"quote": "да"}])
    assert compare([section(old)], [section(new)])[0]["entries"][0]["changed_fields"] == ["due"]
    entry = compare([section(new)], [section(cited)])[0]["entries"][0]
    assert entry["changed_fields"] == ["evidence"]


def test_moving_one_statement_marks_one_and_not_all_that_made_way():
    a, b, c, d = (statement(name) for name in "abcd")
    moved = changes([section(a, b, c, d)], [section(d, a, b, c)])
    assert moved == {"a": [], "b": [], "c": [], "d": ["moved"]}


def test_a_statement_in_another_section_has_moved_and_is_not_dropped():
    a, b = statement("a"), statement("b")
    old = [section(a, b), section(kind="question")]
    new = [section(a), section(b, kind="question")]
    assert changes(old, new) == {"a": [], "b": ["moved"]}


def test_a_section_that_is_gone_is_shown_with_what_it_had():
    shown = compare(
        [section(statement("a")), section(statement("q"), kind="question")],
        [section(statement("a"))],
    )
    assert [s["kind"] for s in shown] == ["decision", "question"]
    assert shown[1]["entries"][0]["changes"] == ["dropped"]


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_spans_give_both_texts_again(before, after):
    found = spans(before, after)
    assert "".join(s["text"] for s in found if s["op"] != "insert") == before
    assert "".join(s["text"] for s in found if s["op"] != "delete") == after


@given(
    st.lists(st.sampled_from("abcdef"), unique=True),
    st.lists(st.sampled_from("abcdef"), unique=True),
)
def test_every_statement_of_both_versions_is_shown_once(old, new):
    found = compare([section(*map(statement, old))], [section(*map(statement, new))])
    shown = [e["lineage"] for s in found for e in s["entries"]]
    assert sorted(shown) == sorted(set(old) | set(new))
    assert [name for name in shown if name in new] == new
