"""What arguments were before a student's code changed them: expected values are computed from these.

And what they are again after the case: a suite may hold data for all of its checks, and for all students.

A suite that asks the student first and the reference second, with the same tensor, would otherwise ask the reference
about what the student made of it: code that zeroes its argument and returns zeros would be right.
"""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Iterator
from typing import Any

from grader.transcript import copied
from grader.worker import wire
from grader.worker.arguments import Unwritable, overwrite


class Originals:
    """Of one case: every argument that came back changed, by identity, and what it was when the code first got it."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, _Asked, tuple[Any, ...]]] = {}
        self._members: list[tuple[Any, Any]] = []  # lists and dicts, and what was in them

    def keep(self, arguments: list[Any], asked: bytes) -> None:
        """Before changes are made in ``arguments``, which were sent as ``asked``."""
        sent = _Asked(asked)
        for path, node in _nodes(arguments, ()):
            if id(node) not in self._known:
                self._known[id(node)] = node, sent, path
                if isinstance(node, list | dict):
                    self._members.append((node, copy.copy(node)))

    def restore(self) -> None:
        """Make everything what it was."""
        import torch

        for node, members in self._members:
            node.clear()
            node.extend(members) if isinstance(node, list) else node.update(members)
        for node, sent, path in self._known.values():
            if isinstance(node, torch.Tensor):
                with contextlib.suppress(Unwritable):  # then it has not been changed either
                    overwrite(node, sent.at(path))

    def of(self, value: Any) -> Any:
        """``value`` with all that was changed as it was; the same object when nothing in it was."""
        known = self._known.get(id(value))
        if known is not None and known[0] is value:
            return copied(known[1].at(known[2]))
        if type(value) is dict:
            items = {key: self.of(item) for key, item in value.items()}
            return items if any(items[key] is not value[key] for key in items) else value
        if type(value) in (list, tuple):
            members = [self.of(item) for item in value]
            same = all(new is old for new, old in zip(members, value, strict=True))
            return value if same else type(value)(members)
        return value


class _Asked:
    """Arguments as they were sent; decoded when somebody wants one."""

    def __init__(self, asked: bytes) -> None:
        self._asked = asked
        self._tree: Any = None

    def at(self, path: tuple[Any, ...]) -> Any:
        if self._tree is None:
            args, kwargs = wire.decode(self._asked)
            self._tree = [*args, *kwargs.values()]
        node = self._tree
        for step in path:
            node = node[step]
        return node


def _nodes(tree: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """What can be changed in ``tree``, and the way to it."""
    import torch

    if isinstance(tree, torch.Tensor):
        yield path, tree
    elif isinstance(tree, dict | list | tuple):
        if path and not isinstance(tree, tuple):
            yield path, tree
        for step, item in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from _nodes(item, (*path, step))
