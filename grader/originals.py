"""What arguments were before a student's code changed them: expected values are computed from these.

And what they are again after the case: a suite may hold data for all of its checks, and for all students.

A suite that asks the student first and the reference second, with the same tensor, would otherwise ask the reference
about what the student made of it: code that zeroes its argument and returns zeros would be right.
"""

from __future__ import annotations

import contextlib
import copy
from typing import Any

from grader.transcript import copied
from grader.worker.arguments import Unwritable, numbered, overwrite


class Originals:
    """Of one case: every argument that came back changed, by identity, and what it was when the code first got it."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, Any]] = {}
        self._members: list[tuple[Any, Any]] = []  # lists and dicts, and what was in them

    def keep(self, arguments: list[Any]) -> None:
        """Before changes are made in ``arguments``."""
        for node in numbered(arguments)[1:]:
            if id(node) not in self._known and not isinstance(node, tuple):
                self._known[id(node)] = node, copied(node)
                if isinstance(node, list | dict):
                    self._members.append((node, copy.copy(node)))

    def restore(self) -> None:
        """Make everything what it was."""
        import torch

        for node, members in self._members:
            node.clear()
            node.extend(members) if isinstance(node, list) else node.update(members)
        for node, original in self._known.values():
            if isinstance(node, torch.Tensor):
                with contextlib.suppress(Unwritable):  # then it has not been changed either
                    overwrite(node, original)

    def of(self, value: Any) -> Any:
        """``value`` with all that was changed as it was; the same object when nothing in it was."""
        known = self._known.get(id(value))
        if known is not None and known[0] is value:
            return copied(known[1])
        if type(value) is dict:
            items = {key: self.of(item) for key, item in value.items()}
            return items if any(items[key] is not value[key] for key in items) else value
        if type(value) in (list, tuple):
            members = [self.of(item) for item in value]
            same = all(new is old for new, old in zip(members, value, strict=True))
            return value if same else type(value)(members)
        return value
