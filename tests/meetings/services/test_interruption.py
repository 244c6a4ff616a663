"""Long calls are left where the work allows it, and nowhere else."""

import threading
import time

import pytest

from meetings.services.interruption import Interruption


class Stop(Exception):  # noqa: N818
    pass


def later(interruption, seconds=0.1):
    timer = threading.Timer(seconds, interruption.interrupt)
    timer.start()
    return timer


def long_call(seconds=20.0):
    """What a library does: many short operations, and nobody asked in between."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(0.005)


def test_a_long_call_is_left_within_moments():
    interruption = Interruption(Stop)
    later(interruption)
    began = time.monotonic()
    with pytest.raises(Stop), interruption.allowed():
        long_call()
    assert time.monotonic() - began < 2


def test_what_must_be_whole_is_finished_first():
    interruption = Interruption(Stop)
    written = []
    with pytest.raises(Stop), interruption.allowed():
        with interruption.forbidden():
            later(interruption, 0.05).join()
            written.append("whole")
        written.append("too far")
    assert written == ["whole"]


def test_outside_nothing_is_raised_and_the_next_call_does_not_begin():
    interruption = Interruption(Stop)
    interruption.interrupt()
    long_call(0.1)
    with pytest.raises(Stop), interruption.allowed():
        pytest.fail("the call began")


def test_an_interruption_that_comes_too_late_is_forgotten():
    for _ in range(200):
        interruption = Interruption(Stop)
        thread = threading.Thread(target=interruption.interrupt)
        try:
            with interruption.allowed():
                thread.start()
        except Stop:
            pass
        thread.join()
    long_call(0.05)
