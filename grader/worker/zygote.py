"""The fork server: pays for ``import torch`` once, then forks one confined worker per request (Linux).

It is started as ``python -P -s -c "…; from worker.zygote import main; main(…)"`` with a control socket. Per request it
receives one message and three descriptors (wire, status, output) and forks the worker into fresh namespaces. It hands
the worker's pidfd to the trusted side, and reports how the worker ended. It never reads a byte that a worker wrote.
"""

from __future__ import annotations

import contextlib
import io
import os
import select
import signal
import socket
import sys
from typing import Any

from . import accelerator, confine, kernel, serve, view, wire
from .confine import Confinement, Plan
from .warmup import warm_up

WIRE_FD = 3


def main(control_fd: int, options: dict[str, Any]) -> None:
    """Prepare, say what was prepared, then serve until the trusted side closes the control socket."""
    control = socket.socket(fileno=control_fd)
    problems: dict[str, str] = {}
    _take_the_view(options, problems)
    warm_up(untouched=bool(options["devices"]))
    confine.prepare(gpu=bool(options["devices"]))
    kernel.use_huge_pages()
    kernel.exit_at_once()
    namespaces = _namespace_ids()
    facts = {"uid": os.getuid(), "namespaces": namespaces, "problems": problems}
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    control.send(wire.encode(facts))
    _fork_workers(control, namespaces)
    os._exit(0)  # somebody waits for it, and to take PyTorch apart takes a fifth of a second


def _fork_workers(control: socket.socket, namespaces: dict[str, int]) -> None:
    """Fork a worker for each request and say how each ends, until the trusted side closes ``control``."""
    poll = select.poll()
    poll.register(control, select.POLLIN)
    running: dict[int, tuple[int, socket.socket]] = {}  # pidfd → pid, and where to say how it ended
    while True:
        for descriptor, _ in poll.poll():
            if descriptor in running:
                poll.unregister(descriptor)
                _report(descriptor, *running.pop(descriptor))
                continue
            message, descriptors, _, _ = socket.recv_fds(control, 2**16, 3)
            if not message:
                return  # the workers end with this process
            wire_fd, status_fd, output_fd = descriptors
            plan = Plan(**wire.decode(message))
            _move_to(plan.core)
            pid = _fork_worker(Confinement(plan), namespaces, wire_fd, output_fd)
            os.close(wire_fd)
            os.close(output_fd)
            status = socket.socket(fileno=status_fd)
            try:
                pidfd = os.pidfd_open(pid)
                running[pidfd] = pid, status
                poll.register(pidfd, select.POLLIN)
                socket.send_fds(status, [b"P"], [pidfd])
            except OSError:  # the trusted side is gone, or the kernel has no pidfds
                os.kill(pid, signal.SIGKILL)


def _move_to(core: int) -> None:
    """Let the next worker be born on the core of the side that asks for it: see :mod:`grader.process`."""
    with contextlib.suppress(OSError):  # a core that is not ours any more
        os.sched_setaffinity(0, {core})


def _report(pidfd: int, pid: int, status: socket.socket) -> None:
    os.close(pidfd)
    _, ended = os.waitpid(pid, 0)
    with status, contextlib.suppress(OSError):
        status.send(b"E" + str(os.waitstatus_to_exitcode(ended)).encode())


def _fork_worker(confinement: Confinement, namespaces: dict[str, int], wire_fd: int, output_fd: int) -> int:
    """The process id of a new worker."""
    pid = confinement.fork()
    if pid == 0:
        try:
            _work(confinement, namespaces, wire_fd, output_fd)
        finally:
            os._exit(1)
    return pid


def _take_the_view(options: dict[str, Any], problems: dict[str, str]) -> None:
    """Leave the host's file system and root's identity, as far as asked for and possible."""
    if options["view"]:
        try:
            view.enter(options["binds"], options["hide"], options["devices"])
        except OSError as error:
            problems["view"] = str(error)
    if options["uid"] and os.geteuid() == 0:
        closed = view.closed_folder(options["binds"])
        if closed:
            problems["uid"] = f"nobody but root may enter {closed}, where Python lies"
        else:
            try:
                view.drop_to(options["uid"])
            except OSError as error:  # a container may know few ids
                problems["uid"] = str(error)
    if options["view"] or options["uid"]:
        kernel.drop_capabilities()


def _work(confinement: Confinement, namespaces_before: dict[str, int], wire_fd: int, output_fd: int) -> None:
    """In the worker: keep nothing but the wire and the output, put on the layers, serve."""
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)  # it dies with the zygote
    _arrange_descriptors(wire_fd, output_fd)
    now = _namespace_ids()
    fresh = [name for name in confine.NAMESPACES if name in now and now[name] != namespaces_before[name]]
    confinement.put_on()
    ready: dict[str, Any] = {"on": confinement.on, "problems": confinement.problems, "namespaces": fresh}
    if confinement.plan.nodes:
        ready["gpu"] = _start_gpu(confinement.plan)
    serve.serve_and_exit(WireFile(WIRE_FD), ready)


def _start_gpu(plan: Plan) -> str:
    """Why this worker cannot compute on its GPU; "" when it can."""
    try:
        accelerator.prepare(plan.gpu, plan.share)
    except Exception as error:  # PyTorch has many ways to say that CUDA does not start
        return f"{type(error).__name__}: {error}"
    wire.use_accelerator("cuda")
    return ""


class WireFile:
    """The wire as a bare descriptor: under seccomp there are no socket calls."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def recv(self, count: int) -> bytes:
        return os.read(self._descriptor, count)

    def send(self, data: memoryview) -> int:
        return os.write(self._descriptor, data)


def _arrange_descriptors(wire_fd: int, output_fd: int) -> None:
    high = os.dup(wire_fd), os.dup(output_fd), os.open("/dev/null", os.O_RDONLY)
    for target, source in ((0, high[2]), (1, high[1]), (2, high[1]), (WIRE_FD, high[0])):
        os.dup2(source, target, inheritable=False)
    os.closerange(WIRE_FD + 1, 4096)
    # The zygote's own streams belong to the trusted side's terminal; these belong to this worker.
    sys.stdout, sys.stderr = (io.TextIOWrapper(io.FileIO(fd, "w", closefd=False), "utf-8", "replace") for fd in (1, 2))


def _namespace_ids() -> dict[str, int]:
    """Inode of each namespace of this process; empty where /proc is out of sight."""
    try:
        return {name: os.stat(f"/proc/self/ns/{name}").st_ino for name in (*confine.NAMESPACES,)}
    except OSError:
        return {}
