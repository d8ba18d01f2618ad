"""The trusted end of one worker: ask, wait under a deadline, kill.

Nothing that a worker sends is believed to be more than bytes. Reads and writes never block, whatever the worker does;
one absolute deadline covers a whole exchange. Time is counted as the worker's own CPU time, so that a loaded machine
costs no student anything; a wall limit ten times as long ends what sleeps.
"""

from __future__ import annotations

import functools
import os
import selectors
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.result import shown
from grader.worker import wire

WALL_FACTOR = 10  # wall seconds allowed per CPU second: a backstop, not a limit that honest code meets
READY_SECONDS = 120.0  # for a worker to be there; not charged to the student
KILL_SECONDS = 5.0
LAST_WORDS = 4000  # bytes
PIECE = 2**14  # bytes: most answers are there at once
MAX_PRINTED = 64 * 2**20  # bytes per worker; what is printed is thrown away, but that costs our time


NO_GPU_MEMORY = "OutOfMemoryError"  # torch's name for it
ANSWER = {"value", "changes", "used", "error"}


class SandboxBroken(Exception):
    """Our machinery failed, not the student: the zygote is gone, a worker was killed from outside.

    ``by_worker``: only this worker was hit. Once that is bad luck; again and again it is the code's doing.
    """

    def __init__(self, words: str, *, by_worker: bool = False) -> None:
        super().__init__(words)
        self.by_worker = by_worker


class WorkerEnded(Exception):
    """The worker is no more, by the student's doing. ``outcome`` is "crashed" or "timeout", the text says why."""

    def __init__(self, outcome: str, cause: str, words: str) -> None:
        super().__init__(words)
        self.outcome = outcome
        self.cause = cause
        self.words = words


@dataclass(frozen=True)
class StudentReport:
    """An exception in the student's code: kind, type, message, numbers of the student's own lines (last call last)."""

    kind: str
    type: str
    message: str
    lines: tuple[int, ...]


class StudentRaised(Exception):
    """The student's code raised. Caught by ``pytest.raises(ValueError)`` when the student raised a ValueError."""

    def __init__(self, report: StudentReport) -> None:
        super().__init__(f"{report.type}: {report.message}" if report.message else report.type)
        self.report = report


@dataclass
class Ends:
    """What a sandbox hands over for one worker. ``cpu`` and ``exit_code`` look from outside, never ask the worker."""

    wire: socket.socket
    output: socket.socket  # yields what the worker prints
    cpu: Callable[[], float]  # CPU seconds used so far
    kill: Callable[[], None]
    exit_code: Callable[[float], int | None]  # waits so many seconds; negative = signal, None = runs, or nobody knows
    had_room: Callable[[], bool] | None = None  # on a GPU, once it has ended: was what it was promised there for it?


class Link:
    """A conversation with one worker. After any exception other than :class:`StudentRaised` the worker is dead."""

    def __init__(self, ends: Ends) -> None:
        self._ends = ends
        self._wire = ends.wire
        self._selector = selectors.DefaultSelector()
        for end in (ends.wire, ends.output):
            end.setblocking(False)
            self._selector.register(end, selectors.EVENT_READ)
        self.printed = 0  # bytes so far; read and thrown away, so that a flood neither blocks nor fills anything
        self.last_words = b""  # the end of what was printed: for students in their own checks, never in a grade
        self.alive = True
        self._last_cpu = 0.0
        self._unasked = False  # more came than was asked for
        self.ready: dict[str, Any] = self._receive_ready()

    def cpu_seconds(self) -> float:
        """CPU seconds that the worker has used since it was ready."""
        if self.alive:
            try:
                self._last_cpu = self._ends.cpu() - self._cpu_at_ready
            except OSError:
                pass  # it ended meanwhile: the last reading stands
        return self._last_cpu

    def ask(self, body: dict[str, Any], cpu_seconds: float, wall_seconds: float | None = None) -> dict[str, Any]:
        """Send a request and return the answer ("value" and "changes"), within ``cpu_seconds``.

        ``wall_seconds`` are ten times as many, unless others are given.

        Raises :class:`StudentRaised`, :class:`WorkerEnded` or :class:`SandboxBroken`.
        """
        if self._unasked or self._pending():
            raise self._violation("the code wrote to the grader's wire unasked")
        request_id = os.urandom(wire.ID_BYTES)
        self._exchange(wire.frame(request_id, body), cpu_seconds, wall_seconds)
        answer = self._parse(request_id)
        if not set(answer) <= ANSWER:
            raise self._violation("an answer with more in it than was asked for")
        if "error" in answer:
            error = raised(answer["error"])
            if error.report.type == NO_GPU_MEMORY and self._ends.had_room is not None:
                self._judge_memory(self._ends.had_room)
            raise error
        return answer

    def _judge_memory(self, had_room: Callable[[], bool]) -> None:
        """A GPU's memory ran out, which is the code's doing if nobody else was there."""
        self.close()
        if not had_room():
            raise SandboxBroken("the memory of the GPU ran out, and another program held a part of it")
        words = "The code ran out of the memory of the GPU that it may use."
        raise WorkerEnded("crashed", "memory", words)

    def close(self) -> None:
        """Kill the worker and release everything; safe to call twice."""
        if not self.alive:
            return
        self.cpu_seconds()
        self._drain_the_rest()
        self.alive = False
        try:
            self._ends.kill()
            self._ends.exit_code(KILL_SECONDS)
        finally:
            self._selector.close()
            self._wire.close()
            self._ends.output.close()

    # --- the exchange -------------------------------------------------------------------------------------------

    def _exchange(self, outgoing: bytes, cpu_seconds: float, wall_seconds: float | None = None) -> None:
        """Write ``outgoing`` and read one frame into ``self._frame``, by one absolute deadline."""
        unsent = memoryview(outgoing)
        self._frame = bytearray()
        self._expected = wire.HEADER.size
        cpu_end = self.cpu_seconds() + cpu_seconds
        wall_end = time.monotonic() + (cpu_seconds * WALL_FACTOR if wall_seconds is None else wall_seconds)
        unsent = unsent[self._write(unsent) :]  # most often that is all of it
        if unsent:
            self._selector.modify(self._wire, selectors.EVENT_READ | selectors.EVENT_WRITE)
        while len(self._frame) < self._expected:
            wait = self._time_left(cpu_end, wall_end)
            for key, event in self._selector.select(wait):
                if key.fileobj is self._ends.output:
                    self._drain()
                    continue
                if event & selectors.EVENT_WRITE:
                    unsent = unsent[self._write(unsent) :]
                    if not unsent:
                        self._selector.modify(self._wire, selectors.EVENT_READ)
                if event & selectors.EVENT_READ:
                    self._read()

    def _time_left(self, cpu_end: float, wall_end: float) -> float:
        """Seconds that it is safe to wait before looking at the clocks again; raises when a limit is passed."""
        cpu = cpu_end - self.cpu_seconds()
        wall = wall_end - time.monotonic()
        if cpu <= 0:
            raise self._timeout("cpu", "it computed for longer than it may. Does a loop never end?")
        if wall <= 0:
            raise self._timeout("wall", "it waited or slept for too long.")
        return max(0.001, min(cpu, wall))

    def _timeout(self, cause: str, words: str) -> WorkerEnded:
        self.close()
        return WorkerEnded("timeout", cause, f"The code was stopped: {words}")

    def _write(self, data: memoryview) -> int:
        try:
            return self._wire.send(data[: 2**20])
        except BlockingIOError:
            return 0
        except OSError as error:
            raise self._ended() from error

    def _read(self) -> None:
        in_header = len(self._frame) < wire.HEADER.size
        try:
            data = self._wire.recv(PIECE if in_header else min(self._expected - len(self._frame), 2**20))
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            raise self._ended()
        self._frame += data
        if in_header and len(self._frame) >= wire.HEADER.size:
            try:
                _, length = wire.parse_header(self._frame[: wire.HEADER.size])
            except wire.ProtocolError as error:
                raise self._violation(str(error)) from error
            self._expected += length
        if len(self._frame) > self._expected:  # said when the next question is asked, whenever the rest arrived
            self._unasked = True
            del self._frame[self._expected :]

    def _drain(self) -> None:
        """Throw away what was printed."""
        try:
            data = self._ends.output.recv(2**16)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._selector.unregister(self._ends.output)  # closed: it would be ready for ever
        self.printed += len(data)
        self.last_words = (self.last_words + data)[-LAST_WORDS:]
        if self.printed > MAX_PRINTED:
            self.close()
            words = f"The code printed more than {MAX_PRINTED // 2**20} MB and was stopped. Is a print left in a loop?"
            raise WorkerEnded("crashed", "output", words)

    def _drain_the_rest(self) -> None:
        """What was printed last may still be under way to us; of a flood a part is enough."""
        for _ in range(4):
            try:
                data = self._ends.output.recv(2**16)
            except OSError:  # nothing there
                return
            self.last_words = (self.last_words + data)[-LAST_WORDS:]

    def _pending(self) -> bool:
        try:
            return bool(self._wire.recv(1, socket.MSG_PEEK))
        except BlockingIOError:
            return False
        except OSError:
            return False  # gone: the exchange that follows says how

    # --- what came back -----------------------------------------------------------------------------------------

    def _receive_ready(self) -> dict[str, Any]:
        self._cpu_at_ready = 0.0
        try:
            self._exchange(b"", READY_SECONDS)
            ready = self._parse(bytes(wire.ID_BYTES))
            self._cpu_at_ready = self._ends.cpu()
        except (WorkerEnded, OSError) as error:  # no code of a student has run yet
            self.close()
            raise SandboxBroken(f"a worker did not start: {error}") from error
        return ready

    def _parse(self, request_id: bytes) -> dict[str, Any]:
        frame, self._frame = self._frame, bytearray()  # it may be large: nobody needs it after this
        try:
            echoed, _ = wire.parse_header(frame[: wire.HEADER.size])
            answer = wire.decode(memoryview(frame)[wire.HEADER.size :])
        except (wire.ProtocolError, MemoryError) as error:
            raise self._violation(str(error)) from error
        if echoed != request_id or type(answer) is not dict:
            raise self._violation("an answer to another question")
        return answer

    def _violation(self, words: str) -> WorkerEnded:
        self.close()
        return WorkerEnded("crashed", "protocol", f"The code disturbed the channel to the grader ({words}).")

    def _ended(self) -> Exception:
        """Why did the worker end by itself?"""
        code = self._ends.exit_code(KILL_SECONDS)
        if code is None:
            return self._silent()
        self.close()
        if code == -signal.SIGKILL:
            return SandboxBroken("the worker was killed from outside", by_worker=True)
        if code == wire.OUT_OF_MEMORY:
            words = "The code ran out of the memory that it may use, and left none to answer with."
            return WorkerEnded("crashed", "memory", words)
        if code >= 0:
            status = f"exit status {code}"
            return WorkerEnded("crashed", "exit", f"The code ended its own process ({status}).{_hint(status)}")
        name = _signal_name(-code)
        return WorkerEnded("crashed", "signal", f"The code crashed the Python process ({name}).{_hint(name)}")

    def _silent(self) -> Exception:
        """The wire is closed and nobody says how the worker ended. Only one that ran on can be ended by us."""
        self._ends.kill()
        ran_on = self._ends.exit_code(KILL_SECONDS) is not None
        self.close()
        if ran_on:
            return self._violation("it was closed")
        return SandboxBroken("the process that waits for the worker is gone")


def clock_of(pid: int) -> int:
    """Linux' clock id of another process' CPU time (see clock_getcpuclockid(3)), for ``time.clock_gettime``."""
    return (~pid << 3) | 2


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # a real-time signal
        return f"signal {number}"


def _hint(end: str) -> str:
    """What ends a process like this. The kernel turns abort() of a namespace's first process into SIGSEGV."""
    gave_up = " A library that gives up, often for want of memory or threads, ends so too."
    hints = {
        "SIGSEGV": f" Endless or very deep recursion does that.{gave_up}",
        "SIGABRT": gave_up,
        "exit status 1": gave_up,
        "SIGSYS": " It called the system in a way that is closed here.",
    }
    return hints.get(end, "")


# A suite writes `with pytest.raises(ValueError): student.f(…)` as if there were no wall.
_CATCHABLE: dict[str, type[StudentRaised]] = {
    kind.__name__: type(f"Student{kind.__name__}", (StudentRaised, kind), {})
    for kind in (ValueError, TypeError, IndexError, KeyError, RuntimeError, NotImplementedError, ZeroDivisionError)
}


def raised(error: Any) -> StudentRaised:
    """The exception for an error report, whatever the worker made of it."""
    fields = error if type(error) is dict else {}
    report = StudentReport(
        kind=_text(fields.get("kind"), 20),
        type=_text(fields.get("type"), 100),
        message=_text(fields.get("message"), 500),
        lines=tuple(_lines(fields.get("lines"))),
    )
    return _CATCHABLE.get(report.type, StudentRaised)(report)


def _text(value: Any, length: int) -> str:
    if type(value) is not str:
        return ""
    text = value[: 2 * length]
    for folder in _our_folders():
        text = text.replace(folder, "…")
    return shown(text, length)


@functools.cache
def _our_folders() -> list[str]:
    """Where Python and its packages lie on this machine: exceptions name it, and no student needs to know."""
    folders = {sys.prefix, sys.base_prefix, *(path for path in sys.path if path.endswith("packages"))}
    return sorted(folders - {"/", "/usr", ""}, key=len, reverse=True)


def _lines(value: Any) -> list[int]:
    lines = value if type(value) is list else []
    return [line for line in lines[:5] if type(line) is int and 0 <= line < 2**31]
