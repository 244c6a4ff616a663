"""Subtitle cues: short, of two lines, split at words."""

from hypothesis import given
from hypothesis import strategies as st

from transcription.exports.cues import LINE, LONGEST, cues


def segment(text, start=0.0, pace=0.4, speaker="S1", words=True):
    spoken = text.split()
    timed = [
        {"start": start + pace * n, "end": start + pace * (n + 1), "text": word}
        for n, word in enumerate(spoken)
    ]
    end = start + pace * max(1, len(spoken))
    return {
        "start": start,
        "end": end,
        "speaker": speaker,
        "text": text,
        "words": timed if words else [],
    }


def test_a_short_sentence_is_one_cue():
    (cue,) = cues([segment("Начнём с даты.", start=2.0)])
    assert (cue.start, cue.lines) == (2.0, ("Начнём с даты.",))
    assert abs(cue.end - 3.2) < 1e-9


def test_a_long_sentence_is_split_behind_a_comma_rather_than_anywhere():
    text = "раз два три четыре пять шесть семь восемь девять десять, " + "слово " * 10
    first, *_rest = cues([segment(text, pace=0.5)])
    assert first.lines[-1].endswith("десять,")


def test_names_stand_where_the_speaker_changes_only():
    names = {"S1": "Анна:", "S2": "Олег:"}
    rows = [segment("Да."), segment("И ещё."), segment("Нет.", speaker="S2"), segment("Да.")]
    assert [cue.lines[0] for cue in cues(rows, names)] == [
        "Анна: Да.",
        "И ещё.",
        "Олег: Нет.",
        "Анна: Да.",
    ]


def test_a_segment_without_words_spreads_its_text_over_its_time():
    found = list(cues([segment("слово " * 60, pace=0.5, words=False)]))
    assert len(found) > 3
    assert found[0].start == 0
    assert abs(found[-1].end - 30.0) < 1e-6


def test_a_word_that_never_ends_is_cut_at_the_longest():
    (cue,) = cues([segment("А", pace=30.0)])
    assert cue.end == LONGEST


WORDS = st.lists(st.text(alphabet="абвгд,.!", min_size=1, max_size=20), min_size=1, max_size=80)


@given(WORDS, st.floats(0.01, 3), st.booleans())
def test_every_word_is_in_one_cue_and_every_cue_can_be_read(texts, pace, timed):
    found = list(cues([segment(" ".join(texts), pace=pace, words=timed)]))
    assert " ".join(" ".join(cue.lines) for cue in found).split() == texts
    for cue in found:
        assert cue.start < cue.end <= cue.start + LONGEST
        assert len(cue.lines) <= 2
        assert all(len(line) <= LINE for line in cue.lines)
    starts = [cue.start for cue in found]
    assert starts == sorted(starts)
