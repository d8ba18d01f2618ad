"""Try, from inside a worker, what no worker may do. What does not fail here is a hole in a layer.

Each attempt answers with an empty string when the layer held, or with what was possible. The trusted side compares
that with the layers that the worker says it has on: a layer that is on and does not hold stops all grading.
"""

from __future__ import annotations

import errno
import fcntl
import os
import resource
import socket
import sys
import termios
from collections.abc import Callable
from typing import Any

from . import accelerator, confine, kernel

_FORBIDDEN_CALLS: tuple[tuple[str, Callable[[], object]], ...] = (
    ("open a socket", lambda: socket.socket()),
    ("start a process", lambda: _leave_child(os.fork())),
    ("enter a new user namespace", lambda: kernel.unshare(kernel.CLONE_NEWUSER)),
    ("hide memory in a memfd", lambda: os.memfd_create("hole")),
    ("signal another process", lambda: os.kill(os.getpid(), 0)),
    ("bind itself to a core", lambda: os.sched_setaffinity(0, {0})),
    ("control any device", lambda: _ask_nobody(termios.TIOCGWINSZ)),
)


def attempt(request: dict[str, Any]) -> dict[str, str]:
    """Layer → what was possible although it should not be ("" = the layer held).

    ``request``: canary, port, scratch, and whether this worker may use a gpu.
    """
    gpu = request["gpu"]
    return {
        "view": _can_see(request["canary"]),
        "landlock": _can_list("/"),
        "scratch": _processes_in_sight(gpu) or _scratch_holes(request["scratch"]),
        "namespaces": "" if os.getpid() == 1 else "sees other processes",
        "network": _can_connect(request["port"]),
        "environment": _environment_holes(gpu),
        "rlimits": _limit_holes(gpu),
        "capabilities": "has capabilities" if kernel.capabilities() else "",
        "uid": _identity_holes(),
        "seccomp": _call_holes(),
    }


def _can_see(path: str) -> str:
    try:
        os.stat(path)
    except OSError:
        return ""
    return "sees the files of this machine"


def _can_list(path: str) -> str:
    try:
        os.listdir(path)
    except OSError:
        return ""
    return "lists folders outside its own"


def _processes_in_sight(gpu: bool) -> str:
    """CUDA needs /proc: there it shows the worker and nobody else. Elsewhere there is none."""
    if not gpu:
        return "sees /proc" if os.path.isdir("/proc/self") or os.path.isdir("/proc/1") else ""
    return "sees other processes" if [name for name in os.listdir("/proc") if name.isdigit()] != ["1"] else ""


def _scratch_holes(scratch: str) -> str:
    space = os.statvfs(scratch)
    if space.f_blocks * space.f_frsize > 64 * 2**20:
        return "its scratch folder is unlimited"
    try:
        name = os.path.join(scratch, "selftest")
        with open(name, "w") as file:
            file.write("x")
        os.unlink(name)
    except OSError as error:
        return f"cannot use its scratch folder ({error.strerror})"
    return ""


def _can_connect(port: int) -> str:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.5).close()
    except OSError:
        return ""
    return "reaches the network"


def _environment_holes(gpu: bool) -> str:
    known = {"HOME", "TMPDIR", "LANG", "OMP_NUM_THREADS", "LC_CTYPE"}
    extra = set(os.environ) - known - ({*accelerator.ENVIRONMENT, "CUDA_VISIBLE_DEVICES"} if gpu else set())
    return f"sees the variables {', '.join(sorted(extra))}" if extra else ""


def _limit_holes(gpu: bool) -> str:
    files, memory = confine.MAX_FILES, resource.RLIMIT_AS
    if gpu:
        files, memory = confine.GPU_FILES, resource.RLIMIT_DATA
    if resource.getrlimit(resource.RLIMIT_NOFILE)[1] != files:
        return "may open any number of files"
    if resource.getrlimit(memory)[1] == resource.RLIM_INFINITY:
        return "may take all memory"
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files + 1, files + 1))
    except (OSError, ValueError):
        return ""
    return "can raise its own limits"


def _identity_holes() -> str:
    if os.geteuid() == 0 or os.getuid() == 0:
        return "is root"
    try:
        os.setuid(0)
    except OSError:
        return ""
    return "can become root"


def _call_holes() -> str:
    possible = []
    for what, call in _FORBIDDEN_CALLS:
        try:
            call()
        except OSError:
            continue
        possible.append(what)
    return f"can {', '.join(possible)}" if possible else ""


def _ask_nobody(request: int) -> None:
    """Raises OSError when the request is kept from the kernel, which would say that there is no such descriptor."""
    try:
        fcntl.ioctl(9999, request)
    except OSError as error:
        if error.errno != errno.EBADF:
            raise


def _leave_child(pid: int) -> None:
    if pid == 0:
        os._exit(0)
    sys.stdout.flush()
