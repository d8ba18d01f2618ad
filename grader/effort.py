"""How much work an answer is: counted, not timed, so that it is the same on every machine."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import torch
from torch.overrides import TorchFunctionMode


class Effort:
    """Counts what is computed in a block. ``files`` are those whose lines count, as their code names them.

    A mode that sees every kernel would count better, but PyTorch imports its compiler for it: a second, once a process.
    """

    def __init__(self, *files: str) -> None:
        self._files = files
        self._calls = _Calls()
        self._lines = 0

    @property
    def steps(self) -> int:
        """A step is a call of PyTorch, or what takes about as long."""
        return self._calls.count + self._calls.numbers // 1000 + self._lines // 20

    def restart(self) -> None:
        """Nothing has been done yet."""
        self._calls.count = self._calls.numbers = self._lines = 0

    @contextlib.contextmanager
    def counted(self) -> Iterator[None]:
        """What is computed in the block counts."""
        tracer = sys.gettrace()
        sys.settrace(self._trace)
        try:
            with self._calls:
                yield
        finally:
            sys.settrace(tracer)

    def _trace(self, frame: FrameType, event: str, arg: Any) -> Any:
        if frame.f_code.co_filename not in self._files:
            return None
        self._lines += event == "line"
        return self._trace


class _Calls(TorchFunctionMode):
    """Counts the calls of PyTorch, and the numbers that they are handed."""

    count = 0
    numbers = 0

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.count += 1
        self.numbers += sum(x.numel() for x in args if type(x) in (torch.Tensor, torch.nn.Parameter))
        return func(*args, **(kwargs or {}))
