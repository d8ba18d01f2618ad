"""The fork server: pays for ``import torch`` once, then forks one confined worker per request (Linux).

It is started as ``python -P -s -c "…; from worker.zygote import main; main(…)"`` with a control socket. Per request it
receives one message and three descriptors (wire, status, output) and forks a *keeper*, which enters fresh namespaces
and forks the worker. The keeper hands the worker's pidfd to the trusted side, waits, and reports how the worker ended.
The zygote never reads a byte that a worker wrote.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import socket
import sys
from typing import Any

from . import confine, kernel, serve, view, wire
from .confine import Confinement, Plan

WIRE_FD = 3


def main(control_fd: int, options: dict[str, Any]) -> None:
    """Prepare, say what was prepared, then serve until the trusted side closes the control socket."""
    control = socket.socket(fileno=control_fd)
    problems: dict[str, str] = {}
    _take_the_view(options, problems)
    warm_up()
    gc.collect()
    gc.freeze()
    facts = {"uid": os.getuid(), "namespaces": _namespace_ids(), "problems": problems}
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers are reaped by the kernel
    control.send(wire.encode(facts))
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 2**16, 3)
        if not message:
            return
        request = wire.decode(message)
        if os.fork() == 0:
            control.close()
            _keep(Plan(**request), *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _take_the_view(options: dict[str, Any], problems: dict[str, str]) -> None:
    """Leave the host's file system and root's identity, as far as asked for and possible."""
    if options["view"]:
        try:
            view.enter(options["binds"], options["hide"])
        except OSError as error:
            problems["view"] = str(error)
    if options["uid"] and os.geteuid() == 0:
        view.drop_to(options["uid"])
    if options["view"] or options["uid"]:
        kernel.drop_capabilities()


def warm_up() -> None:
    """Touch, with one thread, what students use first: a fork inherits it instead of paying for it (2.5 s for Adam)."""
    import torch

    torch.set_num_threads(1)  # a parallel operation before a fork makes every child hang
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(8, 3))
    for optimizer in (torch.optim.SGD(model.parameters(), lr=0.1), torch.optim.Adam(model.parameters())):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(torch.randn(2, 1, 4, 4)), torch.tensor([0, 2])).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    for dtype in (torch.float32, torch.float64):
        x = torch.randn(5, 4, dtype=dtype, requires_grad=True)
        torch.autograd.grad((x @ x.T).softmax(1).log().sum() + torch.logsumexp(x, 0).sum(), x)
        wire.decode(wire.encode([x, (1, 2.0), {"a": "b"}]))
    import collections
    import dataclasses
    import functools
    import itertools
    import random
    import typing

    import numpy

    del collections, dataclasses, functools, itertools, random, typing, numpy


def _keep(plan: Plan, wire_fd: int, status_fd: int, output_fd: int) -> None:
    """In the keeper: enter the namespaces, fork the worker, report it, wait for its end."""
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)  # dies with the zygote, and the worker with it
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    confinement = Confinement(plan)
    before = _namespace_ids()
    confinement.enter_namespaces()
    status = socket.socket(fileno=status_fd)
    pid = os.fork()
    if pid == 0:
        status.close()
        _work(confinement, before, wire_fd, output_fd)
    os.close(wire_fd)
    os.close(output_fd)
    try:
        socket.send_fds(status, [b"P"], [os.pidfd_open(pid)])
        _, ended = os.waitpid(pid, 0)
        status.send(b"E" + str(os.waitstatus_to_exitcode(ended)).encode())
    except OSError:
        os.kill(pid, signal.SIGKILL)  # the trusted side is gone, or the kernel has no pidfds
    finally:
        os._exit(0)


def _work(confinement: Confinement, namespaces_before: dict[str, int], wire_fd: int, output_fd: int) -> None:
    """In the worker: keep nothing but the wire and the output, put on the layers, serve."""
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    _arrange_descriptors(wire_fd, output_fd)
    now = _namespace_ids()
    fresh = [name for name in confine.NAMESPACES if name in now and now[name] != namespaces_before[name]]
    confinement.put_on()
    ready = {"on": confinement.on, "problems": confinement.problems, "namespaces": fresh}
    serve.serve(WIRE_FD, ready)
    os._exit(0)


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
