"""``student``: the learner's module as a suite sees it, in this process or across the wall.

Both kinds answer to the same three things: ``student.<function>(…)``, ``student.run(probe, …)``,
``student.vjp(function, inputs, cotangent)``; arguments that the code changes in place come back changed.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from grader.link import WALL_FACTOR, StudentRaised, StudentReport, WorkerEnded
from grader.originals import Originals
from grader.policy import Findings
from grader.sandbox import Limits
from grader.transcript import Exchange, Transcript
from grader.worker import arguments, probing, wire


class LocalStudent:
    """A module in this very process: the reference, or the student's own file under plain pytest."""

    def __init__(self, code: Path, probes: Path | None = None) -> None:
        self._module = _import(code, f"grader_local.{code.parent.parent.name}.{code.parent.name}.{code.stem}")
        self._folder = code.parent
        self._probes: ModuleType | None = None
        if probes and probes.exists():
            self._probes = _import(probes, f"{self._module.__name__}.probes", earlier=self._earlier)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)

    def _earlier(self, exercise: str) -> ModuleType | None:
        """The module for another exercise, in its folder beside this one's; None when it cannot be loaded."""
        path = self._folder.parents[1] / exercise / f"{Path(exercise).name}.py"
        try:
            return _import(path, f"grader_local.earlier.{exercise.replace('/', '.')}")
        except (Exception, SystemExit):
            return None

    def probe(self, name: str) -> Callable[..., Any]:
        """``probes.<name>``."""
        return getattr(self._probes, name)  # type: ignore[no-any-return]

    def run(self, probe: str, *args: Any, **kwargs: Any) -> Any:
        """Call ``probes.<probe>(module, …)``."""
        return self.probe(probe)(self._module, *args, **kwargs)

    def vjp(self, name: str, inputs: Sequence[Any], cotangent: Any) -> tuple[Any, ...]:
        """Gradients of ``function(*inputs)`` weighted by ``cotangent``; see :func:`grader.worker.probing.vjp`."""
        return probing.vjp(getattr(self._module, name), inputs, cotangent)


def _import(path: Path, name: str, **known: Any) -> ModuleType:
    """The module in the file ``path``, where the names ``known`` have a value from the beginning."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    vars(module).update(known)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


MAX_OVERSLEPT = 2  # a busy machine may be to blame for one
# CPU for each check when all is spent: an endless loop in one function fails no check of another.
RESERVE_SECONDS = 0.5


@dataclass(frozen=True)
class Watch:
    """Names that the code is watched for."""

    names: list[str]
    entries: list[str]  # the top-level names that a suite may ask for


class Worker(Protocol):
    """One worker as a conversation sees it; :class:`grader.link.Link` is the real one."""

    alive: bool
    last_words: bytes

    def ask(self, body: dict[str, Any], cpu_seconds: float, wall_seconds: float | None = None) -> dict[str, Any]: ...
    def cpu_seconds(self) -> float: ...
    def close(self) -> None: ...


class StartsWorkers(Protocol):
    """A sandbox."""

    def worker(self, limits: Limits) -> Worker: ...


class RemoteStudent:
    """A submission on the other side of the wall. ``run`` and ``vjp`` are taken; all other names are the student's."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)

        def function(*args: Any, **kwargs: Any) -> Any:
            return self._conversation.ask("call", name, list(args), kwargs)

        function.__name__ = name
        return function

    def run(self, probe: str, *args: Any, **kwargs: Any) -> Any:
        """Call ``probes.<probe>(module, …)`` over there."""
        return self._conversation.ask("run", probe, list(args), kwargs)

    def vjp(self, name: str, inputs: Sequence[Any], cotangent: Any) -> tuple[Any, ...]:
        """Gradients of ``function(*inputs)`` weighted by ``cotangent``; see :func:`grader.worker.probing.vjp`."""
        gradients = self._conversation.ask("vjp", name, [list(inputs), cotangent], {})
        if type(gradients) is not tuple or len(gradients) != len(inputs):
            raise _unusable("The gradients could not be taken.")
        return gradients


class Conversation:
    """With a submission, over one worker after the other.

    One worker serves all checks; after a timeout or a crash the next check gets a fresh one. What can only end the
    same way again (a file that does not load, a spent budget) is remembered instead of repeated.
    """

    def __init__(
        self,
        sandbox: StartsWorkers,
        name: str,
        source: str,
        probes: str | None,
        limits: Limits,
        watch: Watch | None = None,
        earlier: Mapping[str, str] | None = None,  # the student's own code for other exercises, by their names
    ) -> None:
        self.student = RemoteStudent(self)
        self._sandbox = sandbox
        forbidden = list(watch.names) if watch else []
        self._load: dict[str, Any] = {"op": "load", "name": name, "source": source, "probes": probes}
        self._load |= {"forbidden": forbidden, "earlier": dict(earlier or {})}
        self._watch = watch
        self.findings: Findings | None = None  # what is used of that which is watched for, once the code was read
        self._limits = limits
        self._link: Worker | None = None
        self._final: StudentRaised | WorkerEnded | None = None  # how every further check ends, too
        self._overslept = 0  # times that the wall limit ended a worker
        self._spent = 0.0  # CPU seconds of workers that are gone
        self._check_started_at = 0.0
        self.printed = b""  # the end of what workers that are gone have printed
        self._waited = 0.0  # wall seconds for answers: what sleeps a little in every call is bounded by their sum
        self._check_waited_from = 0.0
        self._seed: int | None = None
        self.originals = Originals()  # of the case that runs
        self._transcript = Transcript()

    @property
    def transcript(self) -> tuple[Exchange, ...] | None:
        """Of the case that runs, or ran last; None when too much was said to be kept."""
        return self._transcript.exchanges

    def begin(self, seed: int, *, new_check: bool) -> None:
        """A new case: generators start from ``seed`` whatever ran before. A new check has a time limit of its own."""
        self._seed = seed
        self.originals = Originals()
        self._transcript = Transcript()
        if new_check:
            self._check_started_at = self._used()
            self._check_waited_from = self._waited

    def close(self) -> None:
        """End the worker."""
        self._forget_worker()

    def _have_worker(self) -> None:
        """Start a worker with the submission loaded, unless one is there."""
        if self._final is not None:
            raise self._final
        if self._link is not None:
            return
        self._patience_left()
        self._link = self._sandbox.worker(self._limits)
        if self._watch is not None and self.findings is None:
            self._scan(self._watch)
        try:
            self._wait_for(self._load, self._limits.cpu_seconds, 0.0)
        except StudentRaised as error:
            self._final = error
            raise
        except WorkerEnded as error:
            words = f"{error.words} That was while the file was loaded, before any function was called."
            self._final = WorkerEnded(error.outcome, error.cause, words)
            raise self._final from None
        finally:
            if not self._link.alive:
                self._forget_worker()

    def _scan(self, watch: Watch) -> None:
        """Read the source for names, in a worker that has run none of it."""
        assert self._link is not None
        self.findings = Findings()
        body = {"op": "scan", "source": self._load["source"], "forbidden": watch.names, "entries": watch.entries}
        try:
            self.findings.add(*self._link.ask(body, self._limits.cpu_seconds)["value"])
        except (StudentRaised, WorkerEnded):
            self.findings.add([], [("a program that is too large to be read", 1)])
        if not self._link.alive:
            self._forget_worker()
            self._link = self._sandbox.worker(self._limits)

    def ask(self, op: str, name: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """The value of a "call", "run" or "vjp" in the worker; arguments that it changed are changed here."""
        try:
            sent = wire.Encoded(args), wire.Encoded(kwargs)  # bounded: what the suite hands on may be the student's
            asked = wire.encode(list(sent))
            answer = self._answer(op, name, *sent)
        except wire.Unsendable as error:
            raise _unusable(f"What the code returned cannot be used further: {error}.") from error
        except StudentRaised as error:
            self._transcript.add_error(op, name, asked, (error.report.type, error.report.message))
            raise
        value, changes = answer.get("value"), answer.get("changes")
        if self.findings is not None:
            self.findings.add(answer.get("used"))
        if changes:
            self.originals.keep([*args, *kwargs.values()])
        try:
            applied = arguments.apply([*args, *kwargs.values()], changes)
        except arguments.Unwritable as error:
            words = "An argument that is an expanded view was changed in place; PyTorch does not allow that."
            raise _unusable(words) from error
        if not applied:
            raise _unusable("An argument was changed in place into something of another type, dtype or shape.")
        self._transcript.add(op, name, asked, value, changes)
        return value

    def _answer(self, op: str, name: str, args: wire.Encoded, kwargs: wire.Encoded) -> dict[str, Any]:
        self._have_worker()
        assert self._link is not None
        body = {"op": op, "name": name, "args": args, "kwargs": kwargs, "seed": self._seed}
        self._seed = None
        try:
            return self._wait_for(body, self._time_left(), self._waited - self._check_waited_from)
        except WorkerEnded as error:
            self._overslept += error.cause == "wall"
            if error.cause == "output" or self._overslept == MAX_OVERSLEPT:  # else a sleeper pays in every check anew
                self._final = error
            if error.cause == "cpu":
                raise self._too_long(error.words) from None
            raise
        finally:
            if not self._link.alive:
                self._forget_worker()

    def _too_long(self, words: str) -> WorkerEnded:
        """Which of the limits on computing it was."""
        in_check = self._used() - self._check_started_at
        if in_check < 0.9 * self._limits.cpu_seconds:
            whole = f"All checks together may compute for {self._limits.total_cpu_seconds:g} s."
            return WorkerEnded("timeout", "budget", f"{words} {whole}")
        return WorkerEnded("timeout", "cpu", f"{words} One check may compute for {self._limits.cpu_seconds:g} s.")

    def _time_left(self) -> float:
        used = self._used()
        in_check = used - self._check_started_at
        total = max(self._limits.total_cpu_seconds - used, RESERVE_SECONDS - in_check)
        return max(0.001, min(total, self._limits.cpu_seconds - in_check))

    def _patience_left(self) -> float:
        """Wall seconds that are left for all checks together."""
        whole = WALL_FACTOR * self._limits.total_cpu_seconds
        if self._waited >= whole:
            raise WorkerEnded("timeout", "budget", f"Not run: All checks together took more than {whole:g} s.")
        return whole - self._waited

    def _wait_for(self, body: dict[str, Any], cpu_seconds: float, check_waited: float) -> dict[str, Any]:
        """The worker's answer; ``check_waited`` are the wall seconds that the check has taken already."""
        assert self._link is not None
        patience = min(self._patience_left(), max(0.001, WALL_FACTOR * self._limits.cpu_seconds - check_waited))
        started = time.monotonic()
        try:
            return self._link.ask(body, cpu_seconds, patience)
        finally:
            self._waited += time.monotonic() - started

    def _used(self) -> float:
        return self._spent + (self._link.cpu_seconds() if self._link else 0.0)

    def _forget_worker(self) -> None:
        if self._link is not None:
            self._link.close()
            self._spent += self._link.cpu_seconds()
            self.printed += self._link.last_words
            self._link = None


def _unusable(words: str) -> StudentRaised:
    return StudentRaised(StudentReport("probe", "", words, ()))
