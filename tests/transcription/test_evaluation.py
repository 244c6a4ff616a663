from pathlib import Path

import pytest

from transcription import evaluation
from transcription.evaluation import SpokenTurn

TRUTH = [
    SpokenTurn(0, 4, "ANNA", "Доброе утро, всё готово."),
    SpokenTurn(4, 10, "BORIS", "Почти готово"),
]


def test_case_punctuation_and_yo_are_no_errors():
    found = [SpokenTurn(0, 10, "S1", "доброе утро все готово почти готово")]
    assert evaluation.word_errors(TRUTH, found).percent == 0


def test_words_given_to_the_wrong_speaker_are_errors_by_speaker():
    found = [
        SpokenTurn(0, 4, "S1", "доброе утро всё"),
        SpokenTurn(4, 10, "S2", "готово почти готово"),
    ]
    assert evaluation.word_errors(TRUTH, found).wrong == 0
    assert evaluation.word_errors_by_speaker(TRUTH, found).wrong == 2


def test_a_speaker_too_many_costs_their_words():
    found = [*TRUTH, SpokenTurn(10, 11, "S3", "лишние два")]
    assert evaluation.word_errors_by_speaker(TRUTH, found).wrong == 2


def test_names_of_speakers_do_not_matter_and_confusion_is_counted_in_seconds():
    renamed = [SpokenTurn(0, 4, "X", ""), SpokenTurn(4, 10, "Y", "")]
    assert evaluation.diarization_errors(TRUTH, renamed, collar=0).percent == 0
    one = [SpokenTurn(0, 10, "X", "")]
    assert evaluation.diarization_errors(TRUTH, one, collar=0).confused == pytest.approx(4)


def test_the_collar_is_on_each_side():
    late = [SpokenTurn(0, 4.25, "X", ""), SpokenTurn(4.25, 10, "Y", "")]
    assert evaluation.diarization_errors(TRUTH, late, collar=0).confused == pytest.approx(0.25)
    assert evaluation.diarization_errors(TRUTH, late, collar=0.25).confused == pytest.approx(0)


def test_nothing_found_is_all_missed():
    assert evaluation.word_errors(TRUTH, []).percent == 100
    assert evaluation.diarization_errors(TRUTH, [], collar=0).percent == 100


def test_truth_is_read_with_and_without_text(tmp_path: Path):
    recording = tmp_path / "m.ogg"
    recording.with_suffix(".rttm").write_text("SPEAKER m 1 1.5 2.0 <NA> <NA> ANNA <NA> <NA>\n")
    assert evaluation.read_truth(recording) == ([SpokenTurn(1.5, 3.5, "ANNA")], False)
    recording.with_suffix(".json").write_text(
        '[{"speaker": "ANNA", "start": 1, "end": 2, "text": "да"}]'
    )
    assert evaluation.read_truth(recording) == ([SpokenTurn(1, 2, "ANNA", "да")], True)
    with pytest.raises(FileNotFoundError):
        evaluation.read_truth(tmp_path / "none.ogg")
