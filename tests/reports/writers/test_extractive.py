from hypothesis import given, settings
from hypothesis import strategies as st

from reports.grounding import (
    ASSIGNEE_NOT_CHARGED,
    CONTRADICTED,
    NOT_DECIDED,
    check,
    metadata_of,
    stands_in,
)
from reports.writers.base import Draft, Meeting, Segment, Writer
from reports.writers.extractive import ExtractiveWriter
from reports.writers.titles import KINDS
from reports.writers.words import word_list
from tests.reports.writers.talk import MONDAY, meeting

TALK = """
A: Доброе утро! Меня зовут Марина Соколова.
B: Алексей Ветров, склад.
A: Первый пункт, дата запуска. Решили: запускаем доставку второго апреля.
A: Алексей, проверь, пожалуйста, принтер до пятницы.
B: Хорошо, проверю. Один курьер стоит пятьдесят пять тысяч рублей.
A: Решения по самокатам нет, вернёмся к этому вопросу в мае.
"""

words = st.sampled_from(
    word_list(
        "решили запускаем бюджет сто сорок тысяч рублей второго апреля проверю отчёт до "
        "пятницы Алексей пожалуйста хорошо не если шучу итоги следующая встреча decided we "
        "release on Monday Tom please send the report by Friday I will agreed budget two "
        "hundred pounds maybe joke"
    )
)
speech = st.lists(
    st.tuples(words, st.sampled_from(["", "", "", ",", ".", "?", ":"])), max_size=14
).map(lambda said: " ".join(word + mark for word, mark in said))
talks = st.lists(st.tuples(st.sampled_from("ABC"), speech), max_size=10)


def held(talk) -> Meeting:
    said = tuple(
        Segment(i, i * 6.0, i * 6.0 + 5.0, who, text) for i, (who, text) in enumerate(talk, 1)
    )
    return Meeting(said, {k: f"Speaker {n}" for n, k in enumerate("ABC", 1)}, held_on=MONDAY)


def statements(draft: Draft):
    return [statement for section in draft.sections for statement in section.statements]


def test_the_writer_keeps_the_contract():
    writer: Writer = ExtractiveWriter()
    shares = []
    draft = writer.write(meeting(TALK), progress=shares.append)
    assert draft.writer == "extractive"
    assert tuple(s.kind for s in draft.sections) == KINDS
    assert shares == sorted(shares) and shares[-1] == 1.0


def test_each_section_tells_what_was_said():
    draft = ExtractiveWriter().write(meeting(TALK))
    told = {s.kind: [x.text for x in s.statements] for s in draft.sections}
    assert told["decision"] == ["Запускаем доставку второго апреля."]
    assert told["action_item"] == ["Проверь принтер до пятницы."]
    assert told["question"] == ["Решения по самокатам нет, вернёмся к этому вопросу в мае."]
    assert told["figure"] == ["Один курьер стоит пятьдесят пять тысяч рублей."]
    assert told["topic"] == ["Дата запуска. Запускаем доставку второго апреля."]
    assert told["summary"]


def test_an_assignee_is_named_as_heard_with_the_words_that_name_him():
    draft = ExtractiveWriter().write(meeting(TALK))
    (task,) = draft.sections[3].statements
    assert task.assignee == "Алексей Ветров"
    assert task.evidence[-1].quote == "Алексей Ветров, склад."


def test_titles_are_in_the_language_of_the_meeting():
    russian = ExtractiveWriter().write(meeting(TALK))
    english = ExtractiveWriter().write(meeting("A: We decided to ship the release in May."))
    assert russian.sections[2].title == "Решения"
    assert english.sections[2].title == "Decisions"
    assert ExtractiveWriter().write(meeting(TALK, language="en")).sections[0].title == "Summary"


def test_an_empty_transcript_is_said_to_be_empty():
    nothing = Draft((), "extractive", ("empty_transcript",))
    assert ExtractiveWriter().write(Meeting((), {})) == nothing
    assert ExtractiveWriter().write(meeting("A: …\nB: --")) == nothing


def test_agenda_items_that_were_not_reached_are_noted():
    draft = ExtractiveWriter().write(meeting(TALK, agenda=("Дата запуска", "Отпуска")))
    assert draft.notes == ("agenda_not_reached:2",)


def test_small_talk_has_neither_decisions_nor_tasks():
    draft = ExtractiveWriter().write(
        meeting("A: Привет! Как выходные?\nB: Отлично, ездили на дачу. А у вас?\nA: Тоже неплохо.")
    )
    assert [len(s.statements) for s in draft.sections[2:4]] == [0, 0]


@settings(deadline=None, max_examples=50)
@given(talks)
def test_every_quote_stands_in_its_segment_within_its_time(talk):
    said = held(talk)
    by_id = {s.id: s for s in said.segments}
    for statement in statements(ExtractiveWriter().write(said)):
        assert statement.evidence and statement.text.strip()
        for evidence in statement.evidence:
            segment = by_id[evidence.segment]
            assert stands_in(evidence.quote, segment.text)
            assert segment.start <= evidence.start <= evidence.end <= segment.end


@settings(deadline=None, max_examples=50)
@given(talks)
def test_no_statement_tells_what_nobody_said(talk):
    said = held(talk)
    by_id = {s.id: s for s in said.segments}
    for statement in statements(ExtractiveWriter().write(said)):
        reason = check(statement, by_id, metadata_of(said)).reason
        assert reason in ("", NOT_DECIDED, CONTRADICTED, ASSIGNEE_NOT_CHARGED), statement


@settings(deadline=None, max_examples=50)
@given(talks)
def test_the_same_meeting_gives_the_same_minutes(talk):
    said = held(talk)
    assert ExtractiveWriter().write(said) == ExtractiveWriter().write(said)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.sampled_from("ABC"), st.text(max_size=60)), max_size=6))
def test_any_text_gives_minutes(talk):
    draft = ExtractiveWriter().write(held(talk))
    assert draft.sections or draft.notes == ("empty_transcript",)
