"""A question and its answer, as the API tells them."""

from collections.abc import Container, Sequence
from typing import Any

from reports.models import Citation, Question
from reports.notes import note_in_words


def question_documents(
    questions: Sequence[Question], shown: Container[Any]
) -> list[dict[str, Any]]:
    """Questions, with the answers of those in ``shown``."""
    return [_document(question, question.pk in shown) for question in questions]


def _document(question: Question, is_shown: bool) -> dict[str, Any]:
    sentences = question.sentences.all() if is_shown else ()
    return {
        "id": str(question.pk),
        "workspace": question.workspace_id,
        "question": question.text,
        "series": question.series_id,
        "held_from": question.held_from,
        "held_to": question.held_to,
        "state": question.state,
        "is_withheld": not is_shown,
        "writer": question.writer,
        "notes": [note_in_words(note) for note in question.notes],
        "answer": [
            {
                "text": sentence.text,
                "verdict": sentence.verdict,
                "reason": sentence.reason,
                "citations": [c.number for c in sentence.citations.all()],
            }
            for sentence in sentences
        ],
        "citations": [_citation(one) for one in question.citations()] if is_shown else [],
        "created_at": question.created_at,
        "finished_at": question.finished_at,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    speaker = citation.segment.speaker if citation.segment else None
    return {
        "number": citation.number,
        "meeting": {
            "id": str(citation.meeting_id),
            "title": citation.meeting.title,
            "held_at": citation.meeting.held_at,
        },
        "segment": citation.segment.pk if citation.segment else None,
        "speaker": speaker.display_name if speaker else None,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "stands": citation.stands,
    }
