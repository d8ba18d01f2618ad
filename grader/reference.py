"""``reference`` as suites call it: what it answered once, it need not compute again.

A suite asks its reference the same questions for every submission, because its data come from the check's seed. So an
answer is kept under the hash of the question, with what the call changed in its arguments. Whatever is not plain data
(a generator, a tensor that requires grad) is simply computed, and so is what takes less time than to look it up.
"""

from __future__ import annotations

import hashlib
import inspect
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from grader import devices
from grader.student import LocalStudent
from grader.transcript import held
from grader.worker import arguments, wire

MAX_BYTES = 64 * 2**20  # per exercise and process
QUICK_SECONDS = 5e-4  # to encode a question and to decode an answer takes a third of that


class Reference:
    """The instructor's solution with the face of a student, and a memory."""

    def __init__(self, code: Path, probes: Path) -> None:
        self._local = LocalStudent(code, probes)
        self._answers: dict[bytes, tuple[bytes, bytes]] = {}
        self._quick: set[tuple[str, int]] = set()  # case and place in it, where a question is soon answered
        self._size = 0
        self._case = ""
        self._original: Callable[[Any], Any] = lambda value: value
        self._count = 0

    def begin(self, case: str, original: Callable[[Any], Any] = lambda value: value) -> None:
        """A new case: a question counts as the same when it is asked at the same place of the same case.

        ``original`` gives an argument as it was before a student's code changed it.
        """
        self._case, self._count = case, 0
        self._original = original

    def parameters(self, op: str, name: str) -> inspect.Signature:
        """The signature of a function, or of a probe without the module that it is handed."""
        if op != "run":
            return inspect.signature(getattr(self._local, name))
        signature = inspect.signature(self._local.probe(name))
        return signature.replace(parameters=list(signature.parameters.values())[1:])

    def bind(self, op: str, name: str, args: list[Any], kwargs: dict[str, Any]) -> dict[str, Any]:
        """The arguments by name, those left out with their defaults; of a "vjp" the function's inputs."""
        positional = args[0] if op == "vjp" else args
        try:
            bound = self.parameters(op, name).bind(*positional, **kwargs)
        except TypeError:  # the suite calls it in a way that the reference does not know
            return {f"argument {index + 1}": value for index, value in enumerate(positional)} | kwargs
        bound.apply_defaults()
        return dict(bound.arguments)

    def defaults(self, op: str, name: str) -> dict[str, Any]:
        """The defaults of the function's parameters."""
        parameters = self.parameters(op, name).parameters.values()
        return {p.name: p.default for p in parameters if p.default is not inspect.Parameter.empty}

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._local, name)
        if not callable(value):
            return value

        def function(*args: Any, **kwargs: Any) -> Any:
            return self._remembered("call", name, value, args, kwargs)

        return function

    def run(self, probe: str, *args: Any, **kwargs: Any) -> Any:
        """Call ``probes.<probe>(module, …)``."""

        def call(*args: Any, **kwargs: Any) -> Any:
            return self._local.run(probe, *args, **kwargs)

        return self._remembered("run", probe, call, args, kwargs)

    def vjp(self, name: str, inputs: Sequence[Any], cotangent: Any) -> tuple[Any, ...]:
        """See :meth:`grader.student.LocalStudent.vjp`."""

        def call(*args: Any) -> Any:
            return self._local.vjp(name, args[:-1], args[-1])

        return tuple(self._remembered("vjp", name, call, (*inputs, cotangent), {}))

    def _remembered(
        self, op: str, name: str, call: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        with devices.of_exercises():
            return self._known_or_computed(op, name, call, args, kwargs)

    def _known_or_computed(
        self, op: str, name: str, call: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        self._count += 1
        args, kwargs = tuple(map(self._original, args)), {key: self._original(v) for key, v in kwargs.items()}
        tree = [*args, *kwargs.values()]
        if (self._case, self._count) in self._quick or not _is_plain(tree):
            return call(*args, **kwargs)
        try:
            question = wire.encode([self._case, self._count, op, name, list(args), kwargs])
        except wire.Unsendable:  # too large
            return call(*args, **kwargs)
        key = hashlib.sha256(question).digest()
        if key in self._answers:
            value, changes = (wire.decode(part) for part in self._answers[key])
            arguments.apply(tree, changes)
            return value
        return self._compute(key, call, args, kwargs, tree)

    def _compute(
        self, key: bytes, call: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], tree: list[Any]
    ) -> Any:
        before = arguments.Snapshot(tree)
        started = time.perf_counter()
        value = call(*args, **kwargs)
        if time.perf_counter() - started < QUICK_SECONDS:
            self._quick.add((self._case, self._count))
        elif _is_plain(value) and _is_plain(tree):
            try:
                answer = wire.encode(value), wire.encode(before.changes())
            except wire.Unsendable:  # too large
                return value
            size = held((key, *answer))  # a small answer takes memory too
            if self._size + size <= MAX_BYTES:
                self._answers[key] = answer
                self._size += size
        return value


def _is_plain(tree: Any) -> bool:
    """Whether all of it is data that the wire can carry without loss."""
    import torch

    if type(tree) in (list, tuple):
        return all(map(_is_plain, tree))
    if type(tree) is dict:
        return all(map(_is_plain, tree.values()))
    if type(tree) is torch.Tensor:
        return not tree.requires_grad and tree.layout is torch.strided
    return tree is None or type(tree) in (bool, int, float, str)
