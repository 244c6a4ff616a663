"""Forks a process for every file that comes over the line, whose descriptor is the argument.

Runs confined, by ``python -m``; see ``meetings.media.fork_server``. Ends when the line does.
"""

import ctypes
import json
import os
import signal
import socket
import struct
import sys
import traceback
from contextlib import suppress

from meetings.media.confine import PR_SET_PDEATHSIG
from meetings.media.probe_child import examine

PR_SET_DUMPABLE = 4  # <linux/prctl.h>


def main(line: socket.socket) -> None:
    """Serve one file after the other."""
    prctl = ctypes.CDLL(None).prctl
    prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0)  # the thread that started this may end; the line tells
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)  # no child looks into its parent, or another child
    me = os.getpid()
    while True:
        message, descriptors, _, _ = socket.recv_fds(line, 4, 3)
        if len(message) < 4:
            return
        child = os.fork()
        if not child:
            prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            if os.getppid() == me:
                _examine(line, descriptors, struct.unpack("i", message)[0])
            os._exit(1)
        for descriptor in descriptors:
            os.close(descriptor)
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # what it started; its number is still taken
        _, status = os.waitpid(child, 0)
        line.sendall(struct.pack("i", os.waitstatus_to_exitcode(status)))


def _examine(line: socket.socket, descriptors: list[int], most_tracks: int) -> None:
    """As the program probe_child does, with nothing left of the server but its code."""
    line.close()
    os.setpgid(0, 0)
    for place, descriptor in enumerate(descriptors):
        os.dup2(descriptor, place)
    os.closerange(3, 256)
    try:
        json.dump(examine(most_tracks), sys.stdout)
        sys.stdout.flush()
    except Exception:  # noqa: BLE001  (its caller reads what went wrong)
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
