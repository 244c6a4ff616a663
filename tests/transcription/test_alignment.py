"""Words to speakers and sentences: nothing lost, nothing doubled, people change after sentences."""

from hypothesis import given
from hypothesis import strategies as st

from transcription.alignment import LONGEST_SEGMENT, NOBODY, align, speakers_of
from transcription.engines.base import Recognition, Turn, Word
from transcription.windows import Window


def said(text, start=0.0, each=0.4, gap=0.05, confidence=0.9):
    """The words of ``text``, one after another."""
    words = []
    for part in text.split():
        words.append(Word(start, start + each, part, confidence))
        start += each + gap
    return words


def in_window(words, start=0.0, language="en", index=0):
    return Window(index, start, start + 28, language), Recognition(language, tuple(words))


def test_each_sentence_is_a_segment():
    [first, second] = align([in_window(said("Hello there. How are you?"))], [Turn(0, 5, "a")])
    assert (first.text, second.text) == ("Hello there.", "How are you?")
    assert first.end <= second.start
    assert {first.speaker, second.speaker} == {"a"}


def test_an_abbreviation_inside_a_sentence_does_not_end_it():
    [segment] = align([in_window(said("Отчёты, планы и т.д. готовы."))], [Turn(0, 5, "a")])
    assert segment.text == "Отчёты, планы и т.д. готовы."


def test_times_count_from_the_start_of_the_recording():
    heard = [in_window(said("Late."), 61.5, index=1), in_window(said("Early."), 2.0)]
    early, late = align(heard, [Turn(0, 90, "a")])
    assert (early.text, early.start) == ("Early.", 2.0)
    assert (late.text, late.start, late.words[0].start) == ("Late.", 61.5, 61.5)


def test_words_go_to_the_speaker_whose_turn_covers_them():
    words = said("One two three. Four five six.")
    segments = align([in_window(words)], [Turn(0, 1.33, "a"), Turn(1.36, 3, "b")])
    assert [(s.speaker, s.text) for s in segments] == [
        ("a", "One two three."),
        ("b", "Four five six."),
    ]


def test_a_word_at_the_border_of_a_turn_joins_its_sentence():
    words = said("We ship on Monday. Agreed then.")
    turns = [Turn(0, 1.2, "a"), Turn(1.3, 4, "b")]  # the border comes 0.4 s early
    assert speakers_of(words, turns) == ["a"] * 4 + ["b"] * 2


def test_a_short_interjection_keeps_its_speaker():
    words = said("I think so. Yes. And now we go on.")
    turns = [Turn(0, 1.34, "a"), Turn(1.35, 1.76, "b"), Turn(1.8, 5, "a")]
    assert speakers_of(words, turns) == ["a"] * 3 + ["b"] + ["a"] * 5


def test_a_word_outside_all_turns_goes_to_the_nearest():
    assert speakers_of([Word(5, 5.4, "well", 1)], [Turn(0, 2, "a"), Turn(6, 9, "b")]) == ["b"]


def test_without_turns_nobody_is_named():
    [segment] = align([in_window(said("Hello."))], [])
    assert segment.speaker == NOBODY
    assert segment.flags == ()


def test_a_pause_ends_a_segment():
    words = [*said("and then"), *said("we waited", start=3.0)]
    assert [s.text for s in align([in_window(words)], [Turn(0, 9, "a")])] == [
        "and then",
        "we waited",
    ]


def test_an_endless_sentence_is_cut():
    words = said(" ".join(["word"] * 60 + ["pause,"] + ["other"] * 60))
    segments = align([in_window(words)], [Turn(0, 90, "a")])
    assert all(s.end - s.start <= 1.5 * LONGEST_SEGMENT + 1 for s in segments)
    assert segments[0].words[-1].text == "pause,"


def test_a_change_of_language_ends_a_segment():
    heard = [in_window(said("one two")), in_window(said("раз два"), 0.95, "ru", 1)]
    segments = align(heard, [Turn(0, 9, "a")])
    assert [(s.language, s.text) for s in segments] == [("en", "one two"), ("ru", "раз два")]


def test_speech_of_two_is_flagged():
    turns = [Turn(0, 2, "a"), Turn(1.0, 2.0, "b"), Turn(2.2, 4, "a")]
    [both, one] = align([in_window(said("One two three four. Alone here now."))], turns)
    assert both.flags == ("overlap",)
    assert one.flags == ()


def test_a_loop_is_flagged_and_kept():
    words = said("We begin. " + "Thank you. " * 6 + "We end.")
    segments = align([in_window(words)], [Turn(0, 90, "a")])
    assert [s.text for s in segments] == ["We begin.", *["Thank you."] * 6, "We end."]
    assert [("loop" in s.flags) for s in segments] == [False, *[True] * 6, False]


def test_a_word_that_got_stuck_is_a_loop():
    [segment] = align([in_window(said("только сто" + "с" * 60))], [Turn(0, 9, "a")])
    assert segment.flags == ("loop",)


def test_emphasis_is_no_loop():
    [segment] = align([in_window(said("no no no we said so"))], [Turn(0, 9, "a")])
    assert segment.flags == ()


def test_low_confidence_is_flagged():
    [segment] = align([in_window(said("perhaps maybe", confidence=0.3))], [Turn(0, 9, "a")])
    assert segment.flags == ("low_confidence",)


texts = st.sampled_from(["да", "нет.", "Well,", "yes?", "and", "…", "no!", "т.д.", "42"])
word = st.builds(
    lambda start, length, text, sure: Word(start, start + length, text, sure),
    st.floats(0, 28),
    st.floats(0, 3),
    texts,
    st.floats(0, 1),
)
windows = st.lists(
    st.tuples(st.lists(word, max_size=20), st.sampled_from(["ru", "en"])), max_size=5
)
turn_lists = st.lists(
    st.builds(
        lambda start, length, who: Turn(start, start + length, who),
        st.floats(0, 150),
        st.floats(0.01, 40),
        st.sampled_from("abcd"),
    ),
    max_size=12,
)


@given(windows, turn_lists)
def test_no_word_is_lost_doubled_or_moved_and_time_never_falls(rows, turns):
    heard = [
        in_window(sorted(words, key=lambda w: w.start), 28.0 * i, language, i)
        for i, (words, language) in enumerate(rows)
    ]
    segments = align(heard, turns)
    given_words = [word.text for _, recognition in heard for word in recognition.words]
    kept = [word for segment in segments for word in segment.words]
    assert [word.text for word in kept] == given_words
    times = [time for word in kept for time in (word.start, word.end)]
    assert all(word.start <= word.end for word in kept)
    assert [word.start for word in kept] == sorted(word.start for word in kept)
    assert all(segment.text == " ".join(w.text for w in segment.words) for segment in segments)
    assert all(s.start == s.words[0].start and s.end >= s.words[-1].end for s in segments)
    assert min(times, default=0) >= 0


@given(windows, turn_lists)
def test_only_those_who_have_turns_speak(rows, turns):
    heard = [
        in_window(sorted(words, key=lambda w: w.start), 28.0 * i, language, i)
        for i, (words, language) in enumerate(rows)
    ]
    allowed = {turn.speaker for turn in turns} or {NOBODY}
    assert {segment.speaker for segment in align(heard, turns)} <= allowed


def test_a_segment_lasts_until_its_speaker_goes_on():
    words = tuple(
        Word(start, start + 0.4, text, 0.9)
        for start, text in ((0.0, "One."), (1.0, "Two."), (2.9, "Three."))
    )
    heard = [(Window(0, 0.0, 4.0, "en"), Recognition("en", words))]
    segments = align(heard, [Turn(0.0, 4.0, "S1")])
    assert [(s.start, s.end) for s in segments] == [(0.0, 1.0), (1.0, 1.4), (2.9, 3.3)]
