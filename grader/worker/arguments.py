"""Copy-restore: what a call changes in its arguments changes in the caller's own objects, across the wall.

Both sides number the tensors and containers of the arguments in the same order. After a call the worker names those
that are not what they were: a tensor with its new content, a list or dict with its new entries, each of which is either
one of the numbered objects or a new value. So ``params[0] -= g`` changes the caller's tensor, and
``params[0] = params[0] - g`` changes the caller's list, just as without a wall.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import wire

if TYPE_CHECKING:
    import torch

_COMMON = {"torch.float32", "torch.float64", "torch.int64"}  # numpy has the same
NEW = -1  # the number of what was not there before


class Unwritable(Exception):
    """A tensor was changed that is an expanded view here: one place in memory stands for many numbers."""


def numbered(tree: Any) -> list[Any]:
    """Every tensor, list, tuple and dict in ``tree``, outermost first."""
    import torch

    if isinstance(tree, torch.Tensor):
        return [tree]
    if not isinstance(tree, list | tuple | dict):
        return []
    return [tree, *(found for item in _items(tree) for found in numbered(item))]


class Snapshot:
    """The arguments as they were before a call."""

    def __init__(self, tree: Any) -> None:
        self._objects = numbered(tree)
        self._numbers = {id(thing): number for number, thing in enumerate(self._objects)}
        self._before = [self._state(thing) for thing in self._objects]

    def changes(self) -> list[Any]:
        """``(number, new state)`` of what has changed; plain data."""
        return [
            (number, self._new(thing))
            for number, (thing, before) in enumerate(zip(self._objects, self._before, strict=True))
            if self._state(thing) != before
        ]

    def _state(self, thing: Any) -> Any:
        if not isinstance(thing, list | tuple | dict):
            return _content(thing)
        keys = list(thing) if isinstance(thing, dict) else len(thing)
        return keys, [self._numbers.get(id(item)) or wire.encode(item) for item in _items(thing)]

    def _new(self, thing: Any) -> Any:
        if not isinstance(thing, list | tuple | dict):
            return thing
        entries = [
            (number, None) if (number := self._numbers.get(id(x), NEW)) != NEW else (NEW, x) for x in _items(thing)
        ]
        return dict(zip(thing, entries, strict=True)) if isinstance(thing, dict) else entries


def _content(tensor: torch.Tensor) -> object:
    """What is to be the same after a call; bytes, because nan is not equal to nan."""
    if str(tensor.dtype) in _COMMON and tensor.device.type == "cpu" and tensor.is_contiguous() and not tensor.is_neg():
        return tensor.dtype, tensor.shape, tensor.detach().numpy().tobytes()
    return wire.encode(tensor)


def apply(tree: Any, changes: Any) -> bool:
    """Make in ``tree`` what a worker says has changed; False when that is not possible, or not well formed.

    Raises :class:`Unwritable`: over there every tensor is one of its own.
    """
    if type(changes) is not list:
        return False
    objects = numbered(tree) if changes else []
    for change in changes:
        if type(change) is not tuple or len(change) != 2 or not _is_number(change[0], objects):
            return False
        if not _apply(objects[change[0]], change[1], objects):
            return False
    return not changes or _is_bounded(tree)


def _apply(ours: Any, new: Any, objects: list[Any]) -> bool:
    import torch

    if isinstance(ours, torch.Tensor):
        if type(new) is not torch.Tensor or ours.shape != new.shape or ours.dtype != new.dtype:
            return False
        overwrite(ours, new)
        return True
    if isinstance(ours, tuple) or type(new) is not (dict if isinstance(ours, dict) else list):
        return False
    if not all(_is_entry(entry, objects) for entry in _items(new)):
        return False
    values = [value if number == NEW else objects[number] for number, value in _items(new)]
    if isinstance(ours, dict):
        keys = list(new)
        ours.clear()
        ours.update(zip(keys, values, strict=True))
    else:
        ours[:] = values
    return True


def overwrite(ours: torch.Tensor, new: torch.Tensor) -> None:
    """Put the numbers of ``new`` into ``ours``; raises :class:`Unwritable`."""
    import torch

    try:
        with torch.no_grad():
            ours.copy_(new)
    except RuntimeError as error:
        raise Unwritable from error


def _is_bounded(tree: Any) -> bool:
    """A list can now hold itself, or others that hold others so often that nobody would come to an end of them."""
    todo = [(tree, 0)]
    count = 1
    while todo:
        thing, depth = todo.pop()
        if isinstance(thing, list | tuple | dict):
            items = _items(thing)
            count += len(items)
            if count > wire.MAX_NODES or (items and depth == wire.MAX_DEPTH):
                return False
            todo += [(item, depth + 1) for item in items]
    return True


def _items(container: Any) -> list[Any]:
    return list(container.values()) if isinstance(container, dict) else list(container)


def _is_number(value: Any, objects: list[Any]) -> bool:
    return type(value) is int and 0 <= value < len(objects)


def _is_entry(entry: Any, objects: list[Any]) -> bool:
    if type(entry) is not tuple or len(entry) != 2 or type(entry[0]) is not int:  # a tensor compares in its own way
        return False
    return entry[0] == NEW or _is_number(entry[0], objects)
