"""Numbers that are wrong in a way of their own: nan, 0, a cap, a running sum, too few digits."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from grader.signatures.comparison import (
    Comparison,
    Diagnosis,
    as_tensor,
    close,
    constant_ratio,
    dtype_of,
    is_float_tensor,
    names_of,
    parent_of,
    sentence,
    subject,
)

if TYPE_CHECKING:
    import torch

_EXP_OVERFLOW = {"float64": 709.78, "float32": 88.72, "float16": 11.09, "bfloat16": 88.72}


def nonfinite(comparison: Comparison) -> Diagnosis | None:
    """Where nan or inf begins: in the rows whose arguments are too large for exp()."""
    import torch

    leaf = comparison.wrong[0]
    mine, right = as_tensor(leaf.mine), as_tensor(leaf.right)
    if mine is None or right is None or mine.shape != right.shape or not right.numel():
        return None
    odd = ~torch.isfinite(mine) & torch.isfinite(right)
    if not bool(odd.any()):
        return None
    kind = "nan" if bool(torch.isnan(mine[odd]).any()) else "inf"
    for name, argument in comparison.arguments.items():
        limit = _EXP_OVERFLOW.get(dtype_of(argument))
        tensor = as_tensor(argument)
        if limit is None or tensor is None or not tensor.numel() or not bool(torch.isfinite(tensor).all()):
            continue
        largest = float(tensor.max())
        if largest > limit:
            dtype = dtype_of(argument)
            words = f"`{name}` reaches {largest:.4g} here, and exp() of more than {limit:.4g} is inf in {dtype}."
            return Diagnosis(f"nonfinite: {kind} from large {name}", words)
    count = f" in {int(odd.sum())} of {odd.numel()} places" if odd.numel() > 1 else ""
    return Diagnosis(f"nonfinite: {kind}", f"It becomes {kind}{count}.")


def zero(comparison: Comparison) -> Diagnosis | None:
    wrong = [leaf for leaf in comparison.wrong if not leaf.is_argument]
    values = [as_tensor(leaf.mine) for leaf in wrong]
    if not wrong or not all(v is not None and v.numel() and not bool(v.any()) for v in values):
        return None
    return Diagnosis("zero", f"{subject(comparison, wrong)} 0{_everywhere(values)}.", certain=False)


def capped(comparison: Comparison) -> Diagnosis | None:
    """A loss that cannot exceed -log(eps)."""
    leaf = comparison.wrong[0]
    mine, right = as_tensor(leaf.mine), as_tensor(leaf.right)
    if mine is None or right is None or mine.shape != right.shape or mine.numel() == 0 or leaf.is_argument:
        return None
    import torch

    for power in range(3, 16):
        cap = torch.full_like(right, power * math.log(10))
        if close(mine, cap, 1e-5) and bool((right > cap).all()):
            words = f"The result is -log(1e-{power}), and should be larger: is it capped by a clamp or an eps?"
            return Diagnosis("capped", words)
    return None


def offset(comparison: Comparison) -> Diagnosis | None:
    """Everything is too large, or too small, by the same amount."""
    differences = []
    for leaf in comparison.wrong:
        pair = leaf.numbers()
        if pair is None or leaf.is_argument:
            return None
        differences.append((pair[0] - pair[1]).flatten())
    import torch

    gap = torch.cat(differences)
    mean = float(gap.mean())
    if gap.numel() < 3 or not math.isfinite(mean) or abs(mean) < 1e-9:
        return None
    if float((gap - mean).abs().max()) > 1e-7 * abs(mean):
        return None
    side = "large" if mean > 0 else "small"
    words = f"too {side} by {abs(mean):.6g} everywhere."
    return Diagnosis("offset", f"{subject(comparison, comparison.wrong)} {words}")


def turned(comparison: Comparison) -> Diagnosis | None:
    """Right numbers in wrong places: a square transpose, or an order that is reversed."""
    wrong = comparison.wrong
    pairs = [leaf.numbers() for leaf in wrong]
    if any(pair is None for pair in pairs):
        return None
    full = [pair for pair in pairs if pair is not None]
    if all(r.dim() >= 2 and r.shape[-1] == r.shape[-2] and close(m.mT, r) for m, r in full):
        return Diagnosis("transposed", f"{subject(comparison, wrong)} the transpose of the right one.")
    if all(r.dim() and r.numel() > 2 and close(m.flatten().flip(0), r.flatten()) for m, r in full):
        return Diagnosis("reversed", f"{subject(comparison, wrong)} the right one in reverse order.")
    if all(r.dim() >= 2 and r.numel() > 3 and close(_sorted(m), _sorted(r)) for m, r in full):
        words = "the right numbers in wrong places: reshaped where a transpose is needed?"
        return Diagnosis("wrong places", f"{subject(comparison, wrong)} {words}")
    return None


def _sorted(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.flatten().sort().values


def elementwise(comparison: Comparison) -> Diagnosis | None:
    """A function applied to the right result once too often, or not yet."""
    pairs = [leaf.numbers() for leaf in comparison.wrong]
    full = [pair for pair in pairs if pair is not None]
    if len(full) < len(pairs) or any(leaf.is_argument for leaf in comparison.wrong):
        return None
    certain = sum(right.numel() for _, right in full) >= 3
    names = names_of(comparison, comparison.wrong)
    for name in _FUNCTIONS:
        if all(close(_applied(name, right), mine) for mine, right in full):
            words = f"{subject(comparison, comparison.wrong)} {name}() of the right one: that is too much."
            return Diagnosis(f"too much: {name}", words, certain)
        if all(close(_applied(name, mine), right) for mine, right in full):
            return Diagnosis(f"missing: {name}", f"{name}() of {names} would be right: that is missing.", certain)
    return None


_FUNCTIONS = ("relu", "abs", "square", "sqrt", "exp", "log", "sigmoid", "tanh", "reciprocal")


def _applied(name: str, tensor: torch.Tensor) -> torch.Tensor:
    import torch

    function: Callable[[torch.Tensor], torch.Tensor] = getattr(torch, name)
    return function(tensor)


def plus_argument(comparison: Comparison) -> Diagnosis | None:
    """The right result and some of an argument, or an argument and some of the right result."""
    leaf = comparison.wrong[0]
    if len(comparison.wrong) > 1 or leaf.is_argument or (pair := leaf.numbers()) is None:
        return None
    mine, right = pair
    what = subject(comparison, comparison.wrong)
    for name, argument in comparison.arguments.items():
        tensor = as_tensor(argument) if is_float_tensor(argument) else None
        if tensor is None or tensor.shape != right.shape or right.numel() < 3:
            continue
        if (ratio := constant_ratio(mine - right, tensor)) or close(mine - right, tensor):
            words = f"{what} the right one plus {ratio or 1:.6g} times `{name}`."
            return Diagnosis(f"plus {name}", words)
        if (ratio := constant_ratio(mine - tensor, right)) or close(mine - tensor, right):
            words = f"{what} `{name}` plus {ratio or 1:.6g} times the right one."
            return Diagnosis(f"added to {name}", words)
    return None


def sequence(comparison: Comparison) -> Diagnosis | None:
    """A list of numbers over time: summed up, one step late or early, or the last one everywhere."""
    import torch

    for parent in dict.fromkeys(parent_of(leaf.label) for leaf in comparison.wrong):
        pairs = [leaf.numbers() for leaf in comparison.leaves if parent_of(leaf.label) == parent]
        full = [pair for pair in pairs if pair is not None]
        if len(full) < max(3, len(pairs)) or len({right.shape for _, right in full}) > 1:
            continue
        mine, right = (torch.stack(values) for values in zip(*full, strict=True))
        for key, holds, words in _PATTERNS:
            if holds(mine, right):
                return Diagnosis(key, f"{sentence(parent)} {words}")
    return None


def _running_mean(mine: torch.Tensor, right: torch.Tensor) -> bool:
    import torch

    counts = torch.arange(1, len(right) + 1, dtype=right.dtype).reshape(-1, *[1] * (right.dim() - 1))
    return close(mine, right.cumsum(0) / counts)


def _last_everywhere(mine: torch.Tensor, right: torch.Tensor) -> bool:
    last = right[-1].expand_as(right)
    return close(mine, last) and not close(right, last)


_PATTERNS: tuple[tuple[str, Callable[[torch.Tensor, torch.Tensor], bool], str], ...] = (
    ("running sum", lambda m, r: close(m, r.cumsum(0)), "is a running sum: each entry holds all before it as well."),
    ("running mean", _running_mean, "is a running mean: each entry is the mean of all up to it."),
    ("one step late", lambda m, r: close(m[1:], r[:-1]), "is one step late: entry k is what should be entry k - 1."),
    ("one step early", lambda m, r: close(m[:-1], r[1:]), "is one step early: entry k is what should be entry k + 1."),
    ("last everywhere", _last_everywhere, "is its last entry everywhere: was one object stored again and again?"),
)


def precision(comparison: Comparison) -> Diagnosis | None:
    worst = 0.0
    for leaf in comparison.wrong:
        pair = leaf.numbers()
        if pair is None or dtype_of(leaf.mine) not in ("float64", "float"):
            return None
        gap, scale = float((pair[0] - pair[1]).abs().max()), float(pair[1].abs().max())
        if not math.isfinite(gap) or not scale or gap > 1e-5 * scale:
            return None
        worst = max(worst, gap / scale)
    if not worst:
        return None  # right numbers of another type
    digits = int(-math.log10(worst))
    words = f"The numbers are right in {digits} digits only: is a part computed in float32, or an eps added?"
    return Diagnosis("precision", words, certain=False)


def _everywhere(values: list[torch.Tensor | None]) -> str:
    return " everywhere" if sum(v.numel() for v in values if v is not None) > 1 else ""
