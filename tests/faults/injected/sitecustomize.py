"""Faults that only the inside of a process can have; Python imports this at its start.

FAULTS_CLOCK: seconds that the clock of the process is off. FAULTS_ECHO: how often each message
that it publishes goes out.
"""

import datetime
import os
import time

if _off := float(os.environ.get("FAULTS_CLOCK", "0")):
    _time = time.time
    time.time = lambda: _time() + _off
    _datetime = datetime.datetime

    class _Off(type(_datetime)):  # type: ignore[misc]
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, _datetime)

    class _DatetimeOff(_datetime, metaclass=_Off):
        @classmethod
        def now(cls, tz=None):
            return _datetime.now(tz) + datetime.timedelta(seconds=_off)

        @classmethod
        def utcnow(cls):
            return _datetime.utcnow() + datetime.timedelta(seconds=_off)

    datetime.datetime = _DatetimeOff  # type: ignore[misc]

if _times := int(os.environ.get("FAULTS_ECHO", "0")):
    from kombu.messaging import Producer

    _publish = Producer.publish

    def _echo(self, *args, **kwargs):
        for _ in range(_times - 1):
            _publish(self, *args, **kwargs)
        return _publish(self, *args, **kwargs)

    Producer.publish = _echo  # type: ignore[method-assign]
