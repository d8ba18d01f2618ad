"""Spoiled answers: a reference runs as it is, and what it answers is changed afterwards.

The other way to try a suite, next to spoiled sources: negated, transposed, full of NaN, an argument changed on the way.
What a function answers is what it returns; when it returns None, it is the change that it makes to its tensor arguments
in place, as the step of an optimizer does.

Only functions are spoiled. Classes of the module are left as they are. So are modules and optimizers among the
arguments: what a training loop does to a model is no answer here, the history that it returns is. Nor is a tensor that
a function puts into a list of its caller's.
"""

from __future__ import annotations

import copy
import functools
import math
from collections.abc import Callable, Iterator, Sequence
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

SPOILS: tuple[str, ...] = (
    "zeros",
    "negated",
    "doubled",
    "shifted",
    "transposed",
    "wrong dtype",
    "nan",
    "argument changed",
    "constant",
)


class Spoiled:
    """A module whose public functions answer wrongly from now on; :func:`spoil` makes it.

    ``applied`` tells whether anything has really become something else so far. Zeros negated are zeros: as long as
    nothing else was answered, the module does not differ from its reference.
    """

    def __init__(self, module: ModuleType, kind: str) -> None:
        self.module = module
        self.applied = False
        self._kind = kind
        self._depth = 0  # of calls: where one public function uses another, only what leaves the module is spoiled
        self._first: dict[Any, Any] = {}  # what "constant" repeats
        for name, function in list(vars(module).items()):
            if isinstance(function, FunctionType) and _is_public(name, function, module):
                setattr(module, name, self._wrapped(function))

    def _wrapped(self, function: FunctionType) -> Callable[..., Any]:
        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            if self._depth:
                return function(*args, **kwargs)
            tensors = _tensors([args, kwargs])
            before = [tensor.detach().clone() for tensor in tensors]
            self._depth += 1
            try:
                answer = function(*args, **kwargs)
            finally:
                self._depth -= 1
            if self._kind == "argument changed":
                self._change_argument(answer, tensors, before)
                return answer
            if answer is not None:
                return self._spoilt_answer(function, answer)
            self._spoil_changes(function, tensors, before)
            return None

        return wrapper

    def _spoilt_answer(self, function: FunctionType, answer: Any) -> Any:
        if self._kind != "constant":
            new = _mapped(answer, lambda leaf: _spoilt(leaf, self._kind))
        elif function not in self._first:
            self._first[function] = _mapped(answer, _copied)
            return answer
        else:
            new = _mapped(self._first[function], _copied)
        ours, theirs = list(_leaves(answer)), list(_leaves(new))
        self.applied |= len(ours) != len(theirs) or not all(map(_same, ours, theirs))
        return new

    def _spoil_changes(
        self, function: FunctionType, tensors: Sequence[torch.Tensor], before: Sequence[torch.Tensor]
    ) -> None:
        """Turn what was done to ``tensors`` in place into something else."""
        import torch

        changes = [_change(old, tensor) for old, tensor in zip(before, tensors, strict=True)]
        others = self._other_changes(function, before, changes)
        for tensor, old, change, other in zip(tensors, before, changes, others, strict=True):
            if change is None or other is None or (change.shape, change.dtype) != (other.shape, other.dtype):
                continue  # there is nothing to add, or what there is does not fit
            if not _same(change, other) and not _same(tensor, old + other):
                with torch.no_grad():
                    tensor.copy_(old + other)
                self.applied = True

    def _other_changes(
        self, function: FunctionType, before: Sequence[torch.Tensor], changes: Sequence[torch.Tensor | None]
    ) -> list[torch.Tensor | None]:
        """What is to be done to each argument instead; None for one to be left with what was done to it."""
        if self._kind == "wrong dtype":
            return [None] * len(changes)  # a tensor keeps its own whatever is written into it
        happened = [change is not None and bool(change.any()) for change in changes]
        if self._kind != "constant":
            pairs = zip(changes, happened, strict=True)
            return [_spoilt(change, self._kind) if so else None for change, so in pairs]
        form = (function, *((old.shape, old.dtype) for old in before))
        if form in self._first:
            return list(self._first[form])
        if any(happened):
            self._first[form] = changes
        return [None] * len(changes)

    def _change_argument(self, answer: Any, tensors: Sequence[torch.Tensor], before: Sequence[torch.Tensor]) -> None:
        """Add 1 to an argument that has no part in the answer, which stays right."""
        import torch

        answers = _tensors(answer)
        if any(tensor.requires_grad for tensor in answers):
            return  # its gradient is a part of it, and autograd takes none through arguments that have changed
        shared = {tensor.untyped_storage().data_ptr() for tensor in answers}
        for tensor, old in zip(tensors, before, strict=True):
            meant = not _unchanged(old, tensor) or tensor.untyped_storage().data_ptr() in shared
            if meant or not tensor.is_floating_point():
                continue
            try:
                with torch.no_grad():
                    tensor.add_(1)
            except RuntimeError:
                continue  # an expanded view, whose rows share their memory
            if not _same(old, tensor):
                self.applied = True
                return


def spoil(module: ModuleType, kind: str) -> Spoiled:
    """Wrap every public function that is defined in ``module``, so that its answers are spoiled by ``kind``.

    ``module`` itself is changed, for good: hand over one that was loaded for this. Where one function of it calls
    another, only the answer of the outer one is spoiled. Raises ValueError when ``kind`` is none of :data:`SPOILS`.
    """
    if kind not in SPOILS:
        raise ValueError(f"{kind!r} is no way to spoil an answer: expected one of {', '.join(SPOILS)}")
    return Spoiled(module, kind)


def _is_public(name: str, function: FunctionType, module: ModuleType) -> bool:
    return not name.startswith("_") and function.__module__ == module.__name__


# -- numbers --------------------------------------------------------------------------------------------------------


def _spoilt(leaf: Any, kind: str) -> Any:
    """``leaf`` spoiled, or as it is: only tensors and floats are, and not by every kind."""
    import torch

    if isinstance(leaf, torch.Tensor):
        rules = _SPOILT_TRUTHS if leaf.dtype is torch.bool else _SPOILT_TENSORS
        return rules[kind](leaf) if kind in rules else leaf
    if isinstance(leaf, float) and kind in _SPOILT_FLOATS:
        return _SPOILT_FLOATS[kind](leaf)
    return leaf


def _zeros(tensor: torch.Tensor) -> torch.Tensor:
    """Not a new tensor: with the graph, the gradient through it is zero as well. Nor ``0 * tensor``, for inf's sake."""
    import torch

    return tensor.masked_fill(torch.ones_like(tensor, dtype=torch.bool), 0)


def _transposed(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.mT if tensor.ndim >= 2 else tensor


def _wrong_dtype(tensor: torch.Tensor) -> torch.Tensor:
    import torch

    others = {
        torch.float32: torch.float64,
        torch.complex64: torch.complex128,
        torch.complex128: torch.complex64,  # float32 would lose a part, with a warning
    }
    return tensor.to(others.get(tensor.dtype, torch.float32))


def _nan(tensor: torch.Tensor) -> torch.Tensor:
    return tensor * math.nan if tensor.is_floating_point() or tensor.is_complex() else tensor


# All of them differentiable, so that the gradient of a spoiled answer is spoiled, too.
_SPOILT_TENSORS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "zeros": _zeros,
    "negated": lambda tensor: -tensor,
    "doubled": lambda tensor: 2 * tensor,
    "shifted": lambda tensor: tensor + 1,
    "transposed": _transposed,
    "wrong dtype": _wrong_dtype,
    "nan": _nan,
}
_SPOILT_TRUTHS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {  # of dtype bool
    "zeros": _zeros,
    "negated": lambda tensor: ~tensor,
    "transposed": _transposed,
    "wrong dtype": _wrong_dtype,
}
_SPOILT_FLOATS: dict[str, Callable[[float], float]] = {
    "zeros": lambda number: 0.0,
    "negated": lambda number: -number,
    "doubled": lambda number: 2 * number,
    "shifted": lambda number: number + 1,
    "nan": lambda number: math.nan,
}


def _change(before: torch.Tensor, after: torch.Tensor) -> torch.Tensor | None:
    """What was added in place; None for what cannot be subtracted."""
    import torch

    if (before.shape, before.dtype) != (after.shape, after.dtype) or before.dtype is torch.bool:
        return None
    after = after.detach()
    return torch.where(_alike(before, after), torch.zeros_like(before), after - before)  # inf stays inf: not inf - inf


def _unchanged(before: torch.Tensor, after: torch.Tensor) -> bool:
    same_form = (before.shape, before.dtype) == (after.shape, after.dtype)
    return same_form and bool(_alike(before, after.detach()).all())


def _alike(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Where both hold the same number, or both NaN."""
    return (a == b) | ((a != a) & (b != b))


def _same(true: Any, spoilt: Any) -> bool:
    """Whether no suite could tell them apart. Rounding does not count, relative to the largest number of a tensor."""
    import torch

    if type(true) is not type(spoilt) and not (isinstance(true, torch.Tensor) and isinstance(spoilt, torch.Tensor)):
        return False
    if isinstance(true, torch.Tensor):
        return _same_tensor(true.detach(), spoilt.detach())
    if isinstance(true, float):
        return math.isclose(true, spoilt, rel_tol=1e-12) or (math.isnan(true) and math.isnan(spoilt))
    return true is spoilt or (isinstance(true, bool | int | str) and true == spoilt)


def _same_tensor(true: torch.Tensor, spoilt: torch.Tensor) -> bool:
    import torch

    if (true.shape, true.dtype) != (spoilt.shape, spoilt.dtype):
        return False
    alike = _alike(true, spoilt)
    if true.is_floating_point() or true.is_complex():
        distance = (true - spoilt).abs()
        largest = torch.where(true.isfinite(), true, torch.zeros_like(true)).abs().amax() if true.numel() else 0.0
        alike = alike | (distance <= 64 * torch.finfo(true.dtype).eps * largest)
    return bool(alike.all())


# -- answers and arguments: tensors and numbers in lists, tuples and dicts --------------------------------------------


def _leaves(tree: Any) -> Iterator[Any]:
    if isinstance(tree, list | tuple | dict):
        for item in tree.values() if isinstance(tree, dict) else tree:
            yield from _leaves(item)
    else:
        yield tree


def _tensors(tree: Any) -> list[torch.Tensor]:
    """Every tensor in ``tree`` once."""
    import torch

    return list({id(leaf): leaf for leaf in _leaves(tree) if isinstance(leaf, torch.Tensor)}.values())


def _mapped(tree: Any, function: Callable[[Any], Any]) -> Any:
    """``tree`` with ``function`` of every leaf in its place; the containers are new, and of the same kinds."""
    if isinstance(tree, dict):
        twin = copy.copy(tree)
        twin.update((key, _mapped(value, function)) for key, value in tree.items())
        return twin
    if isinstance(tree, list):
        return [_mapped(item, function) for item in tree]
    if isinstance(tree, tuple):
        items = [_mapped(item, function) for item in tree]
        return type(tree)(*items) if hasattr(tree, "_fields") else type(tree)(items)
    return function(tree)


def _copied(leaf: Any) -> Any:
    import torch

    return leaf.detach().clone() if isinstance(leaf, torch.Tensor) else leaf
