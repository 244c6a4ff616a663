"""Faults that only the inside of a process can have; Python imports this at its start.

FAULTS_CLOCK: seconds that the clock of the process is off. FAULTS_ECHO: how often each message
that it publishes goes out.
"""

import os
import time

if _off := float(os.environ.get("FAULTS_CLOCK", "0")):
    import time_machine

    time_machine.travel(time.time() + _off, tick=True).start()

if _times := int(os.environ.get("FAULTS_ECHO", "0")):
    from kombu.messaging import Producer

    _publish = Producer.publish

    def _echo(self, *args, **kwargs):
        for _ in range(_times - 1):
            _publish(self, *args, **kwargs)
        return _publish(self, *args, **kwargs)

    Producer.publish = _echo  # type: ignore[method-assign]
