"""What was asked of a student's code in one case of a check, and what it answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grader.worker import arguments, wire


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
