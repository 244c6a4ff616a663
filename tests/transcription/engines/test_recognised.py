"""Words on their way out of a recognizer."""

from hypothesis import given
from hypothesis import strategies as st

from transcription.engines.base import Word
from transcription.engines.recognised import recognition, spread


def test_spaces_are_taken_off_and_empty_words_left_out():
    heard = recognition("en", [Word(0, 1, " Hello,", 0.9), Word(1, 2, "  ", 0.9)], 5)
    assert [word.text for word in heard.words] == ["Hello,"]


def test_several_words_in_one_share_its_time():
    assert spread("one three", 1.0, 3.0, 0.5) == [
        Word(1.0, 1.75, "one", 0.5),
        Word(1.75, 3.0, "three", 0.5),
    ]


def test_a_loop_is_flagged_and_kept():
    words = [Word(0.1 * i, 0.1 * i, "спасибо", 0.9) for i in range(40)]
    heard = recognition("ru", words, 28)
    assert "loop" in heard.flags
    assert len(heard.words) == 40


def test_low_confidence_is_flagged():
    assert recognition("ru", [Word(0, 1, "да", 0.2)], 5).flags == ("low_confidence",)


def test_no_words_no_flags():
    assert recognition("ru", [], 5).flags == ()


@given(
    st.lists(
        st.builds(
            Word,
            st.floats(-5, 40),
            st.floats(-5, 40),
            st.text(st.sampled_from(" аb."), max_size=6),
            st.floats(-1, 2),
        )
    )
)
def test_words_stay_in_order_inside_the_window(words):
    heard = recognition("ru", words, 28.0).words
    assert "".join(w.text for w in heard) == "".join(w.text for w in words).replace(" ", "")
    assert all(0 <= w.start <= w.end <= 28 and 0 <= w.confidence <= 1 for w in heard)
    assert [w.start for w in heard] == sorted(w.start for w in heard)


def test_parts_of_a_word_written_apart_are_one_word():
    parts = [Word(0.0, 0.4, " post", 0.9), Word(0.4, 0.8, "-poned.", 0.8), Word(1, 2, " Yes", 1)]
    found = recognition("en", parts, 3.0).words
    assert [(w.text, w.start, w.end) for w in found] == [("post-poned.", 0.0, 0.8), ("Yes", 1, 2)]
