"""Right numbers in another form or place, and arguments that changed or did not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from grader.signatures.comparison import (
    Comparison,
    Diagnosis,
    Leaf,
    as_tensor,
    close,
    dtype_of,
    is_float_tensor,
    names_of,
    root_of,
    roots_of,
    same_tensor,
    sentence,
    subject,
    tensors_in,
)
from grader.testing import is_close

if TYPE_CHECKING:
    import torch


def none(comparison: Comparison) -> Diagnosis | None:
    wrong = comparison.wrong[0]
    if wrong.mine is None and wrong.right is not None and not wrong.is_argument:
        return Diagnosis("none", "")  # assert_close has said so
    return None


def only_the_type(comparison: Comparison) -> Diagnosis | None:
    """A tensor for a float, a tuple for a tensor: right numbers in another type."""
    if comparison.is_part:
        return None  # it would speak for the others as well
    for leaf in comparison.wrong:
        mine, right = as_tensor(leaf.mine), as_tensor(leaf.right)
        if mine is None or right is None or mine.numel() != right.numel() or _kind(leaf.mine) == _kind(leaf.right):
            return None
        if not close(mine.reshape(right.shape), right, 1e-5):
            return None
    return Diagnosis("type only", f"The numbers are right; only their type is not: {_kinds(comparison.wrong[0])}.")


def only_the_dtype(comparison: Comparison) -> Diagnosis | None:
    if comparison.is_part:
        return None  # it would speak for the others as well
    for leaf in comparison.wrong:
        mine, right = as_tensor(leaf.mine), as_tensor(leaf.right)
        if mine is None or right is None or mine.shape != right.shape or dtype_of(leaf.mine) == dtype_of(leaf.right):
            return None
        if not close(mine, right, 1e-2 if "16" in dtype_of(leaf.mine) else 1e-5):
            return None
    return Diagnosis("dtype", "The numbers are right, as far as this dtype can hold them.")


def only_the_shape(comparison: Comparison) -> Diagnosis | None:
    wrong = comparison.wrong
    both = [(as_tensor(leaf.mine), as_tensor(leaf.right)) for leaf in wrong]
    pairs = [(m, r) for m, r in both if m is not None and r is not None]
    if len(pairs) < len(wrong) or any(m.numel() != r.numel() for m, r in pairs):
        return None
    if all(m.shape == r.shape for m, r in pairs):
        return None
    if not comparison.is_part and all(close(m.reshape(r.shape), r) for m, r in pairs):
        return Diagnosis("shape only", "The numbers are right, and in the right order; only the shape is not.")
    if all(m.dim() == 2 and close(m.T, r) for m, r in pairs):
        return Diagnosis("transposed", f"{sentence(wrong[0].label)} is the transpose of the right one.")
    return None


def other_order(comparison: Comparison) -> Diagnosis | None:
    """The right values, one in the place of the other."""
    values = [leaf for leaf in comparison.leaves if not leaf.is_argument]
    wrong = [leaf for leaf in comparison.wrong if not leaf.is_argument]
    if len(wrong) < 2 or len(values) > 8:
        return None
    places = [[r.label for r in values if is_close(m.mine, r.right)] for m in wrong]
    if any(len(place) != 1 for place in places) or {place[0] for place in places} != {leaf.label for leaf in wrong}:
        return None
    words = f"The right values in another order: {wrong[0].label} is what should be {places[0][0]}."
    return Diagnosis("other order", words)


def not_reduced(comparison: Comparison) -> Diagnosis | None:
    """One value a sample where one for all is asked, or the other way round."""
    leaf = comparison.wrong[0]
    mine, right = as_tensor(leaf.mine), as_tensor(leaf.right)
    if len(comparison.wrong) > 1 or mine is None or right is None or mine.shape == right.shape or leaf.is_argument:
        return None
    for name, verb in (("sum", "added up"), ("mean", "averaged")):
        for dim in _dims(mine):
            if mine.numel() > 1 and close(_reduced(mine, name, dim), right):
                over = "" if dim is None or mine.dim() == 1 else f" over dim {dim}"
                return Diagnosis(f"not reduced: {name}", f"{sentence(leaf.label)}, {verb}{over}, would be right.")
        for dim in _dims(right):
            if right.numel() > 1 and close(_reduced(right, name, dim), mine):
                over = "" if dim is None or right.dim() == 1 else f" over dim {dim}"
                return Diagnosis(
                    f"reduced: {name}", f"{sentence(leaf.label)} is the right one, {verb}{over}: once too often."
                )
    return None


def other_dim(comparison: Comparison) -> Diagnosis | None:
    """The sum or mean of an argument over one dimension, where it is over another."""
    if len(comparison.wrong) > 1:
        return None
    leaf = comparison.wrong[0]
    mine, right = as_tensor(leaf.mine), as_tensor(leaf.right)
    if mine is None or right is None or leaf.is_argument:
        return None
    for name, argument in comparison.arguments.items():
        tensor = as_tensor(argument)
        if tensor is None or tensor.dim() < 2:
            continue
        for reduction in ("sum", "mean"):
            found = {dim: _reduced(tensor, reduction, dim) for dim in range(tensor.dim())}
            rights = [dim for dim, value in found.items() if close(value, right)]
            mines = [dim for dim, value in found.items() if close(value, mine)]
            if len(rights) == len(mines) == 1:
                dims = f"over dim {mines[0]}; it should be over dim {rights[0]}."
                words = f"{sentence(leaf.label)} is the {reduction} of `{name}` {dims}"
                return Diagnosis(f"other dim: {name}", words)
    return None


def changed_argument(comparison: Comparison) -> Diagnosis | None:
    wrong = comparison.wrong
    if not all(leaf.is_argument and is_close(leaf.right, leaf.before) for leaf in wrong):
        return None
    names = roots_of(wrong)
    for leaf in wrong:
        twin = next((x for x in comparison.leaves if x is not leaf and same_tensor(x.mine, leaf.mine)), None)
        if twin is not None and not same_tensor(twin.right, leaf.right):
            words = (
                f"Afterwards {leaf.label} is the same as {twin.label}, and should have stayed as it was: "
                "do both names stand for one tensor?"
            )
            return Diagnosis(f"aliasing: {names}", words)
    words = f"The call changes {names_of(comparison, wrong)} in place, and must not."
    return Diagnosis(f"changed in place: {names}", words)


def not_changed(comparison: Comparison) -> Diagnosis | None:
    """What should change in place is as it was before."""
    wrong = comparison.wrong
    if not all(leaf.is_argument and is_close(leaf.mine, leaf.before) for leaf in wrong):
        return None
    words = f"{names_of(comparison, wrong)} should change in place, and stayed as before the call."
    return Diagnosis(f"not changed: {roots_of(wrong)}", words)


def came_in(comparison: Comparison) -> Diagnosis | None:
    """What was handed in is handed back."""
    wrong = [leaf for leaf in comparison.wrong if is_float_tensor(leaf.mine) and not leaf.is_argument]
    given = [(name, tensor) for name, tensor in tensors_in(comparison.arguments) if tensor.numel() > 1]
    sources = [next((n for n, t in given if same_tensor(leaf.mine, t)), None) for leaf in wrong]
    roots = {root_of(str(source)) for source in sources}
    if not wrong or None in sources or len(roots) > 1 or (len(wrong) == 1 and wrong[0].mine.numel() < 2):
        return None
    name = roots.pop()
    words = f"what came in as {name}: nothing has changed it."
    return Diagnosis(f"came in: {name}", f"{subject(comparison, wrong)} {words}")


def _dims(tensor: torch.Tensor) -> list[int | None]:
    return [None, *range(tensor.dim())] if tensor.dim() > 1 else [None]


def _reduced(tensor: torch.Tensor, name: str, dim: int | None) -> torch.Tensor:
    reduce: Callable[..., torch.Tensor] = getattr(tensor, name)
    return reduce() if dim is None else reduce(dim)


def _kinds(leaf: Leaf) -> str:
    return f"a {_kind(leaf.mine)} in place of a {_kind(leaf.right)}"


def _kind(value: Any) -> str:
    import torch

    return "tensor" if isinstance(value, torch.Tensor) else type(value).__name__
