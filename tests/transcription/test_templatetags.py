"""Segments and speakers as the pages show them."""

from transcription.models import Segment, Speaker
from transcription.templatetags.transcripts import colour, flag_label, number, words


def word(text, confidence=0.9):
    return {"start": 1.234, "end": 2.0, "text": text, "confidence": confidence}


def test_a_doubtful_word_is_marked():
    shown = words(Segment(words=[word("yes"), word("maybe", 0.2)]))
    assert shown == (
        '<span data-start="1.23" data-end="2.0">yes</span> '
        '<span data-start="1.23" data-end="2.0" class="unsure">maybe</span>'
    )


def test_a_segment_without_words_shows_its_text_escaped():
    assert words(Segment(text="a < b")) == "a &lt; b"


def test_a_thirteenth_speaker_takes_the_first_colour_and_keeps_their_number():
    assert (colour(Speaker(position=12)), number(Speaker(position=12))) == ("speaker-1", "13")


def test_nobody_has_a_mark_too():
    assert (colour(None), number(None)) == ("speaker-none", "?")


def test_a_doubt_without_a_sentence_is_shown_as_it_is():
    assert flag_label("no_such_flag") == "no such flag"
