"""A variant of an exercise in this very process: the same wire and the same copy-restore as a worker's, and no wall.

For the course's own files only: the reference, alternatives, misconceptions and mutants. What they return is encoded
and decoded like a submission's, so the numbers of both can be compared. A variant that ends its process ends only
itself. A time limit holds in the main thread only: elsewhere there is no signal to keep it.
"""

from __future__ import annotations

import contextlib
import operator
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from types import FrameType, ModuleType
from typing import Any, NoReturn

from grader import devices
from grader.link import WorkerEnded, raised
from grader.sandbox import Limits
from grader.worker import wire
from grader.worker.loading import Loaded, LoadError, load
from grader.worker.serve import perform

# Between one interruption and the next, for code that catches the first. A loop that catches each of them cannot be
# stopped from inside its own process.
_AGAIN_SECONDS = 0.1
Around = Callable[[], AbstractContextManager[object]]


class DirectSandbox:
    """Where a :class:`~grader.student.Conversation` gets a "worker" that is no process of its own.

    ``change`` may alter the module after it is loaded: that is how answers are spoiled. Functions and probes run inside
    ``around``: that is how their effort is counted.
    """

    def __init__(
        self,
        change: Callable[[ModuleType], object] = lambda module: None,
        around: Around = contextlib.nullcontext,
    ) -> None:
        self._change = change
        self._around = around

    def worker(self, limits: Limits) -> DirectLink:
        return DirectLink(self._change, self._around)


class DirectLink:
    """Answers as a worker does: the same requests, the same exceptions."""

    def __init__(self, change: Callable[[ModuleType], object], around: Around) -> None:
        self.alive = True
        self.last_words = b""
        self._change = change
        self._around = around
        self._loaded: Loaded | None = None
        self._seconds = 0.0
        self._exit = _Exit()

    def cpu_seconds(self) -> float:
        return self._seconds

    def close(self) -> None:
        self.alive = False

    def ask(self, body: dict[str, Any], cpu_seconds: float, wall_seconds: float | None = None) -> dict[str, Any]:
        """See :meth:`grader.link.Link.ask`; what sleeps is not woken here."""
        request = wire.decode(wire.encode(body))
        started, spent_before = time.process_time(), self._seconds
        answer: dict[str, Any] = {}
        with (
            _ctrl_c_heard(),
            _settings_restored(),
            devices.of_exercises(),
            self._exit.survived(),
            _interrupted_after(cpu_seconds) as interruption,
        ):
            answer = self._load(request) if request["op"] == "load" else self._perform(request)
        self._seconds += time.process_time() - started
        if interruption.happened:
            self._seconds = max(self._seconds, spent_before + cpu_seconds)  # the timer's clock may be ahead of ours
            self.close()
            raise WorkerEnded("timeout", "cpu", "The code was stopped: it computed for longer than allowed.")
        if self._exit.status is not None:
            self.close()
            raise WorkerEnded("crashed", "exit", f"The code ended its own process (exit status {self._exit.status}).")
        if "error" in answer:
            raise raised(answer["error"])
        return answer

    def _perform(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._loaded is not None, "The code must be loaded first."
        try:
            answer: dict[str, Any] = wire.decode(wire.encode(perform(self._loaded, request)))
        except wire.Unsendable as error:
            answer = {"error": {"kind": "unsendable", "type": "", "message": str(error), "lines": []}}
        return answer

    def _load(self, request: dict[str, Any]) -> dict[str, Any]:
        names = (request["name"], "probes")
        before = {name: sys.modules.get(name) for name in names}
        try:
            loaded = load(request["source"], request["name"], request["probes"], [])
            self._loaded = _Watched(loaded, self._around)
            self._change(self._loaded.module)
        except LoadError as error:
            return {"error": error.report}
        finally:
            _put_back(before)
        return {"value": None}


class _Watched(Loaded):
    """What is called runs inside ``around``; the copy-restore of its arguments does not."""

    def __init__(self, loaded: Loaded, around: Around) -> None:
        super().__init__(loaded.module, loaded.filename, loaded.probes)
        self._around = around

    def watching(self) -> AbstractContextManager[object]:
        return self._around()


@contextlib.contextmanager
def _ctrl_c_heard() -> Iterator[None]:
    """Ctrl-C stops us, also where the variant, or what describes its exceptions, catches KeyboardInterrupt."""
    before = signal.getsignal(signal.SIGINT)
    if not callable(before) or threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = False

    def hear(number: int, frame: FrameType | None) -> None:
        nonlocal heard
        try:
            before(number, frame)
        except KeyboardInterrupt:
            heard = True
            raise

    signal.signal(signal.SIGINT, hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if heard:
        raise KeyboardInterrupt


class _Interruption(BaseException):
    pass


class _Interrupter:
    happened = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.happened = True
        raise _Interruption


@contextlib.contextmanager
def _interrupted_after(cpu_seconds: float) -> Iterator[_Interrupter]:
    """Raise in the block when it has computed for so long; the block's owner asks whether that ``happened``."""
    interrupter = _Interrupter()
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield interrupter
        return
    before = signal.signal(signal.SIGPROF, interrupter)
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds, _AGAIN_SECONDS)
    try:
        yield interrupter
    except _Interruption:
        pass  # it struck outside the variant's own code; `happened` says so
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


class _Exit:
    """Takes the place of ``os._exit``: what it would have ended is our own process."""

    status: int | None = None

    def __call__(self, status: int) -> NoReturn:
        if self.status is None:
            self.status = operator.index(status) & 0xFF
        raise SystemExit(status)

    @contextlib.contextmanager
    def survived(self) -> Iterator[None]:
        """``os._exit`` raises in the block; ``status`` says afterwards whether it was called."""
        before = os._exit
        os._exit = self
        try:
            yield
        finally:
            os._exit = before  # also when the variant put something else there


@contextlib.contextmanager
def _settings_restored() -> Iterator[None]:
    """What a variant sets globally does not reach the suite."""
    import torch

    dtype, gradients = torch.get_default_dtype(), torch.is_grad_enabled()
    try:
        yield
    finally:
        torch.set_default_dtype(dtype)
        torch.set_grad_enabled(gradients)


def _put_back(modules: dict[str, ModuleType | None]) -> None:
    for name, module in modules.items():
        if module is None:
            sys.modules.pop(name, None)
        else:
            sys.modules[name] = module
