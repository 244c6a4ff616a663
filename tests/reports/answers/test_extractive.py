"""Without a language model an answer is what was said: of each near place its nearest sentence."""

from datetime import date

from reports import grounding
from reports.answers import extractive
from reports.answers.base import Inquiry, Place, checked
from reports.writers.base import Evidence, Segment, Statement

DAY = date(2026, 11, 20)


def place(first, *texts, title="Совет"):
    said = (Segment(first + n, 3.0 * n, 3.0 * n + 2, "7", text) for n, text in enumerate(texts))
    return Place(title, DAY, tuple(said))


def inquiry(*places, question="Сколько стоит ремонт?"):
    return Inquiry(question, places, {"7": "Анна"})


def by_length(texts):
    return [len(text) for text in texts]


def test_of_each_place_the_nearest_sentence_is_quoted_the_nearest_place_first():
    asked = inquiry(
        place(1, "Да, хорошо.", "Ремонт крыши обойдётся в миллион.", "Ну да."),
        place(10, "Ремонт начнём в мае, не раньше.", "Так и запишем."),
    )
    told = extractive.answer(asked, by_length)
    assert [s.text for s in told] == [
        "Ремонт крыши обойдётся в миллион.",
        "Ремонт начнём в мае, не раньше.",
    ]
    assert told[0].evidence == (Evidence(2, 3.0, 5.0, "Ремонт крыши обойдётся в миллион."),)
    assert {v.verdict for _s, v in checked(asked, told)} == {grounding.SUPPORTED}


def test_a_word_or_two_are_quoted_only_where_nothing_else_was_said():
    told = extractive.answer(
        inquiry(place(1, "Очень дорого.", "Мы так не решали.")), lambda t: [0] * len(t)
    )
    assert [s.text for s in told] == ["Мы так не решали."]
    told = extractive.answer(inquiry(place(1, "Миллион.")), by_length)
    assert [s.text for s in told] == ["Миллион."]


def test_a_question_is_no_answer():
    asked = inquiry(place(1, "И сколько же всё-таки стоит ремонт крыши?", "Миллион, не меньше."))
    assert [s.text for s in extractive.answer(asked, by_length)] == ["Миллион, не меньше."]
    [alone] = extractive.answer(inquiry(place(1, "И сколько стоит ремонт?")), by_length)
    assert alone.text == "И сколько стоит ремонт?"


def test_five_places_are_quoted_at_most_and_no_place_is_no_answer():
    places = [place(n * 10, "Это было сказано там.") for n in range(1, 9)]
    assert len(extractive.answer(inquiry(*places), by_length)) == extractive.SENTENCES
    assert extractive.answer(inquiry(), by_length) == []


def test_what_cites_nothing_or_says_what_was_not_said_is_found_out():
    asked = inquiry(place(1, "Ремонт крыши обойдётся в миллион."))
    cited = (Evidence(1, 0.0, 2.0, "Ремонт крыши обойдётся в миллион"),)
    told = [
        Statement("point", "Ремонт крыши обойдётся в миллион.", cited),
        Statement("point", "Ремонт крыши обойдётся в два миллиона 300 тысяч.", cited),
        Statement("point", "Ремонт уже оплачен.", ()),
    ]
    verdicts = [(said.text, verdict.verdict) for said, verdict in checked(asked, told)]
    assert verdicts == [
        ("Ремонт крыши обойдётся в миллион.", grounding.SUPPORTED),
        ("Ремонт крыши обойдётся в два миллиона 300 тысяч.", grounding.UNVERIFIED),
    ]


def test_the_answer_has_the_language_of_the_question():
    assert inquiry(question="How much is the roof?").language == "en"
    assert inquiry(question="Сколько?").language == "ru"
