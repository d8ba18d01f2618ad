"""What was asked of a student's code in one case of a check, and what it answered."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from grader.worker import arguments, wire

MAX_BYTES = 16 * 2**20  # of one case; those of the course need 25 kB. Of every check that failed one case is kept
_TENSOR = 600  # bytes that a tensor takes besides its numbers


@dataclass(frozen=True)
class Exchange:
    """One call and its answer, in plain data that nobody changes afterwards."""

    op: str  # "call", "run" or "vjp"
    name: str  # of the function or the probe
    asked: bytes  # the positional and the keyword arguments before the call, encoded
    value: Any = None
    changes: Any = ()  # of the arguments, as copy-restore reports them
    error: tuple[str, str] | None = None  # type and message of what the code raised

    def arguments(self) -> tuple[list[Any], dict[str, Any]]:
        """The arguments before the call: positional, keyword."""
        args, kwargs = wire.decode(self.asked)
        return args, kwargs

    def arguments_after(self) -> tuple[list[Any], dict[str, Any]]:
        """The arguments as the call left them."""
        args, kwargs = self.arguments()
        arguments.apply([*args, *kwargs.values()], list(self.changes))
        return args, kwargs


class Transcript:
    """What was said in one case, or None when that is too much to be kept.

    A stranger's code may answer every call with a frame's worth of numbers, and a suite may call it often. Then all of
    it is dropped: half of what was said may fit a mistake that the whole does not.
    """

    def __init__(self) -> None:
        self._exchanges: list[Exchange] = []
        self._room = MAX_BYTES

    @property
    def exchanges(self) -> tuple[Exchange, ...] | None:
        return tuple(self._exchanges) if self._room >= 0 else None

    def add(self, op: str, name: str, asked: bytes, value: Any = None, changes: Any = ()) -> None:
        """One more call, and what the code answered."""
        if self._has_room(asked, value, changes):  # before it is copied
            self._exchanges.append(Exchange(op, name, asked, copied(value), copied(changes)))

    def add_error(self, op: str, name: str, asked: bytes, error: tuple[str, str]) -> None:
        """One more call, and what the code raised."""
        if self._has_room(asked, error):
            self._exchanges.append(Exchange(op, name, asked, error=error))

    def _has_room(self, *parts: Any) -> bool:
        if self._room >= 0:  # else all is dropped, and nothing more is kept
            self._room -= sum(map(held, parts))
        if self._room < 0:
            self._exchanges.clear()
        return self._room >= 0


def held(tree: Any) -> int:
    """About how many bytes of memory plain data take, of the exact types that the wire hands out."""
    import torch

    kind = type(tree)
    if kind is torch.Tensor:
        return _TENSOR + int(tree.nbytes)
    if kind is list or kind is tuple:
        return sys.getsizeof(tree) + sum(map(held, tree))
    if kind is dict:
        return sys.getsizeof(tree) + sum(held(key) + held(item) for key, item in tree.items())
    return sys.getsizeof(tree) + (sys.getsizeof(tree.type_name) if kind is wire.Foreign else 0)


def copied(tree: Any) -> Any:
    """``tree`` with tensors, lists, tuples and dicts of its own."""
    import torch

    if isinstance(tree, torch.Tensor):
        return tree.detach().clone()
    if isinstance(tree, list | tuple):
        return type(tree)(copied(item) for item in tree)
    if isinstance(tree, dict):
        return {key: copied(item) for key, item in tree.items()}
    return tree
