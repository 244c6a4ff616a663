"""Gives up resources, then becomes another program: ``confine.py RLIMIT_X=n,… PROGRAM ARG…``.

Run as a script before anything touches a foreign file. Limits and the parent's-death signal
survive exec, so no code has to run between fork and exec in a threaded parent.
"""

import ctypes
import os
import resource
import signal
import sys

CANNOT_START = 127  # exit status, as of a shell
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38  # <linux/prctl.h>


def confine(limits: str) -> None:
    """Sets soft and hard limits; the process dies with its parent and gains no privilege.

    A limit is never raised. Only Linux heeds RLIMIT_AS, so it is set there alone.
    """
    for pair in limits.split(","):
        name, _, wanted = pair.partition("=")
        if name == "RLIMIT_AS" and sys.platform != "linux":
            continue
        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        value = int(wanted) if hard == resource.RLIM_INFINITY else min(int(wanted), hard)
        resource.setrlimit(kind, (value, value))
    # Python ignores SIGXFSZ and the program to come would inherit that.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    if sys.platform == "linux":
        prctl = ctypes.CDLL(None).prctl
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


if __name__ == "__main__":
    try:
        confine(sys.argv[1])
        os.execv(sys.argv[2], sys.argv[2:])
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{sys.argv[2]}: {error}")
        sys.exit(CANNOT_START)
