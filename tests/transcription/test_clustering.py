"""Clustering: voices of windows become speakers of the recording."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcription.clustering import (
    MANY,
    NOBODY,
    Voices,
    centroids,
    cluster,
    identify,
    nearest_apart,
    reassigned,
    unit,
)

DIMENSION = 32


def people(count, seed=0):
    """Directions of so many speakers, no two alike."""
    random = np.random.default_rng(seed)
    return np.linalg.qr(random.standard_normal((DIMENSION, count)))[0].T


def heard(counts, spread=0.08, seed=0):
    """Unit vectors around each speaker, so many of each, and whose each is."""
    random = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(counts)), counts)
    noise = spread * random.standard_normal((len(truth), DIMENSION))
    order = random.permutation(len(truth))
    return unit(people(len(counts), seed)[truth] + noise)[order], truth[order]


def same_partition(one, other):
    pairs = set(zip(one.tolist(), other.tolist(), strict=True))
    return len(pairs) == len(set(one.tolist())) == len(set(other.tolist()))


@pytest.mark.parametrize("counts", [[10], [12, 9], [20, 15, 10], [30, 20, 7]])
def test_speakers_of_a_short_clip_are_found(counts):
    vectors, truth = heard(counts)
    assert len(vectors) < MANY
    assert same_partition(cluster(vectors), truth)


def test_a_stray_sound_in_a_short_clip_is_no_speaker():
    vectors, truth = heard([30, 20, 2])
    labels = cluster(vectors)
    assert labels.max() == 1
    assert same_partition(labels[truth != 2], truth[truth != 2])


@pytest.mark.parametrize(
    "counts",
    [[150], [90, 60], [60, 40, 30, 20], [80, 70, 60, 50, 40, 40, 30, 30, 30, 20, 20, 20, 20]],
)
def test_speakers_of_a_meeting_are_found(counts):
    vectors, truth = heard(counts)
    assert len(vectors) >= MANY
    assert same_partition(cluster(vectors), truth)


def test_a_recording_with_more_voices_than_are_compared_is_labelled_to_the_last():
    vectors, truth = heard([700, 500, 300])
    assert same_partition(cluster(vectors), truth)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 120), st.integers(1, 12), st.integers(0, 5))
def test_a_told_number_of_speakers_is_met_as_far_as_there_are_voices(voices, told, seed):
    vectors = unit(np.random.default_rng(seed).standard_normal((voices, DIMENSION)))
    labels = cluster(vectors, clusters=told)
    assert sorted(set(labels.tolist())) == list(range(min(voices, told)))


def test_the_same_voices_give_the_same_labels_each_time():
    vectors, _ = heard([50, 40, 30], spread=0.3)
    assert (cluster(vectors) == cluster(vectors)).all()


def windows(speakers, silent=0.0):
    """Voices of windows in which the first two columns are the given speakers' and speak half
    a window each, alone; the third is silent."""
    activity = np.zeros((len(speakers), 100, 3), dtype=np.float32)
    activity[:, :50, 0] = activity[:, 50:, 1] = 1
    embeddings = np.full((len(speakers), 3, DIMENSION), np.nan, dtype=np.float32)
    directions = people(4)
    for window, pair in enumerate(speakers):
        for column, speaker in enumerate(pair):
            embeddings[window, column] = directions[speaker]
    return Voices(activity, embeddings)


def test_a_voice_keeps_its_speaker_through_all_windows():
    labels, centres = identify(windows([(0, 1), (1, 2), (2, 0)] * 3))
    assert len(centres) == 3
    first, second, third = labels[0, 0], labels[0, 1], labels[1, 1]
    assert (labels[:, :2] == [(first, second), (second, third), (third, first)] * 3).all()


def test_silent_voices_are_nobodys():
    labels, _ = identify(windows([(0, 1)] * 4))
    assert (labels[:, 2] == NOBODY).all()
    assert (labels[:, :2] != NOBODY).all()


def test_voices_too_short_to_tell_are_still_somebodys_where_there_are_no_others():
    voices = windows([(0, 1)] * 2)
    unknown = Voices(voices.activity, np.full_like(voices.embeddings, np.nan))
    labels, centres = identify(unknown)
    assert (labels[:, :2] == 0).all()
    assert len(centres) == 1


def test_speakers_of_a_few_short_words_are_found_too():
    voices = windows([(0, 1)] * 3)
    voices.activity[:, 5:, 0] = voices.activity[:, 55:, 1] = 0
    _, centres = identify(voices)
    assert len(centres) == 2


def test_told_speakers_are_told_apart_even_if_alike():
    voices = windows([(0, 0)] * 6)
    voices.embeddings[:, :2] += 0.01 * np.random.default_rng(0).standard_normal((6, 2, DIMENSION))
    assert len(identify(voices)[1]) == 1
    assert len(identify(voices, speakers=2)[1]) == 2


def test_blocks_are_joined_in_order():
    one, other = windows([(0, 1)]), windows([(2, 3)] * 2)
    joined = Voices.joined([one, other])
    assert joined.activity.shape == (3, 100, 3)
    assert np.array_equal(joined.embeddings[1:], other.embeddings, equal_nan=True)


def test_voices_of_one_window_are_different_speakers():
    centres = people(3)
    alike = unit(np.stack([centres[0], centres[0] + 0.2 * centres[1]]))
    assert nearest_apart(alike, centres).tolist() == [0, 1]


def test_more_voices_than_speakers_are_all_kept():
    centres = people(2)
    assert nearest_apart(centres[[0, 1, 1]], centres).tolist() == [0, 1, 1]


def test_a_stretch_that_fits_another_speaker_clearly_better_is_given_to_that_one():
    vectors, truth = heard([10, 10])
    labels = truth.copy()
    labels[:3] = 1 - labels[:3]
    mended, centres = reassigned(vectors, labels, np.ones(20), centroids(vectors, labels))
    assert (mended == truth).all()
    assert np.allclose(np.linalg.norm(centres, axis=1), 1)


def test_a_stretch_too_short_to_tell_keeps_its_speaker():
    vectors, truth = heard([10, 10])
    vectors[0] = 0
    labels = truth.copy()
    labels[0] = 1 - truth[0]
    mended, _ = reassigned(vectors, labels, np.ones(20), centroids(vectors[1:], truth[1:]))
    assert mended[0] == labels[0]


def test_rows_without_direction_become_zeros():
    assert unit(np.array([[np.nan, 1.0], [0.0, 0.0], [0.0, 2.0]])).tolist() == [
        [0, 1],
        [0, 0],
        [0, 1],
    ]
