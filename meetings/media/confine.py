"""Gives up resources, then becomes another program: ``confine.py RLIMIT_X=n,… PROGRAM ARG…``.

Run as a script before anything touches a foreign file. Limits and the parent's-death signal
survive exec, so no code has to run between fork and exec in a threaded parent.
"""

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import sys

CANNOT_START = 127  # exit status, as of a shell
PR_SET_PDEATHSIG = 1
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38  # <linux/prctl.h>
SECCOMP_MODE_FILTER = 2
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES  # <linux/seccomp.h>
LOAD, IS_EQUAL, IS_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06  # <linux/bpf_common.h>
SOCKETS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""By machine: AUDIT_ARCH of <linux/audit.h>, the number of the system call socket."""
IO_URING_SETUP = 425
OTHER_ABI = 0x40000000  # x32 numbers its calls from here


def confine(limits: str) -> None:
    """Sets soft and hard limits; the process dies with its parent and gains no privilege.

    A limit is never raised. Only Linux heeds RLIMIT_AS, so it is set there alone; there the process
    gets no socket either.
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
        without_network()


def without_network() -> None:
    """Refuse the calls by which sockets are made, also to all that is started later (seccomp(2)).

    Where the kernel or the machine has no such filter nothing happens.
    """
    if platform.machine() not in SOCKETS:
        return
    architecture, socket = SOCKETS[platform.machine()]
    program = b"".join(
        struct.pack("HBBI", *step)
        for step in (
            (LOAD, 0, 0, 4),
            (IS_EQUAL, 0, 5, architecture),
            (LOAD, 0, 0, 0),
            (IS_AT_LEAST, 3, 0, OTHER_ABI),
            (IS_EQUAL, 2, 0, socket),
            (IS_EQUAL, 1, 0, IO_URING_SETUP),
            (RETURN, 0, 0, ALLOW),
            (RETURN, 0, 0, REFUSE),
        )
    )
    steps = ctypes.create_string_buffer(program)
    filter_ = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(steps))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filter_, 0, 0):
        failed = ctypes.get_errno()
        if failed not in (errno.EINVAL, errno.ENOSYS):
            raise OSError(failed, os.strerror(failed))


if __name__ == "__main__":
    try:
        confine(sys.argv[1])
        os.execv(sys.argv[2], sys.argv[2:])
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{sys.argv[2]}: {error}")
        sys.exit(CANNOT_START)
