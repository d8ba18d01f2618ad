"""PyTorch without its compiler, until somebody asks for it.

The first optimizer that is made imports ``torch._dynamo``, 820 modules with sympy among them: half the time of a
zygote's start, and a third of the memory that every fork copies page tables for. All that an optimizer wants there are
two functions that do nothing unless something is being compiled.
"""

from __future__ import annotations

import gc
import importlib
import sys
from types import ModuleType
from typing import Any

_NAME = "torch._dynamo"


class _Absent(ModuleType):
    """What optimizers find in place of ``torch._dynamo``. Whoever wants anything else of it gets the real one."""

    def disable(self, fn: Any = None, recursive: bool = True, *, wrapping: bool = True, **more: Any) -> Any:
        # torch/_compile.py asks in these words, for functions of PyTorch's own; others mean the real one
        return fn if not wrapping and not more else self._real("disable")(fn, recursive, wrapping=wrapping, **more)

    def graph_break(self, *words: Any, **more: Any) -> None:
        """Nothing is being compiled, so no graph is there to break."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__path__":  # inspect asks every module for its file
            raise AttributeError(name)
        return self._real(name)

    def _real(self, name: str) -> Any:
        if sys.modules.get(_NAME) is self:
            del sys.modules[_NAME]
        return getattr(importlib.import_module(_NAME), name)


def import_torch() -> ModuleType:
    """Import PyTorch where it is not, and leave its compiler out; with no garbage collections, which find none."""
    collected = gc.isenabled()
    gc.disable()
    try:
        import torch
    finally:
        if collected:
            gc.enable()
    sys.modules.setdefault(_NAME, _Absent(_NAME))
    return torch
