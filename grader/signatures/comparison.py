"""An answer beside the reference's answer to the same question, value by value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from grader.testing import is_close

if TYPE_CHECKING:
    import torch

MAX_ELEMENTS = 10_000_000  # what a stranger returns may be as large as a frame: it is not worth our memory


@dataclass(frozen=True)
class Diagnosis:
    """Why a check failed. ``key`` groups the same mistake of many students; ``words`` are for the student.

    What is not ``certain`` may hold by chance in one check, and is only said when another check bears it out.
    """

    key: str
    words: str
    certain: bool = True


@dataclass(frozen=True)
class Leaf:
    """One value of an answer, beside the right one."""

    label: str
    mine: Any
    right: Any
    before: Any = None  # what the argument was, when the call may change it
    is_argument: bool = False

    @cached_property
    def wrong(self) -> bool:
        return not is_close(self.mine, self.right)

    def numbers(self) -> tuple[torch.Tensor, torch.Tensor] | None:
        """Mine and the right ones in float64, when their shapes agree; for a changed argument, the changes."""
        mine, right, before = as_tensor(self.mine), as_tensor(self.right), as_tensor(self.before)
        if mine is None or right is None or mine.shape != right.shape or not right.numel():
            return None
        if self.is_argument and before is not None and before.shape == right.shape:
            return mine - before, right - before
        return mine, right


@dataclass(frozen=True)
class Comparison:
    """One answer beside the reference's answer to the same question."""

    leaves: tuple[Leaf, ...]
    arguments: Mapping[str, Any]  # by name, as they were before the call
    defaults: Mapping[str, Any] = field(default_factory=dict)  # of the function's parameters
    # The reference on other arguments, which go by a key: whoever asks for the same twice gets the same.
    what_if: Callable[[str, Mapping[str, Any]], Comparison | None] = lambda key, others: None

    labels: tuple[str, ...] = ()  # of all leaves of the answer, when ``leaves`` are some of them

    def __post_init__(self) -> None:
        if not self.labels:
            object.__setattr__(self, "labels", tuple(leaf.label for leaf in self.leaves))

    @property
    def is_part(self) -> bool:
        """Whether other values of the same answer are left out."""
        return len(self.leaves) < len(self.labels)

    @cached_property
    def wrong(self) -> list[Leaf]:
        return [leaf for leaf in self.leaves if leaf.wrong]


def leaves_of(label: str, mine: Any, right: Any, before: Any = None, *, is_argument: bool = False) -> Iterator[Leaf]:
    """The values in two nested answers, side by side; where their forms part, what stands there is one value."""
    if isinstance(right, list | tuple) and isinstance(mine, list | tuple) and len(mine) == len(right):
        for index, (m, r) in enumerate(zip(mine, right, strict=True)):
            b = before[index] if isinstance(before, list | tuple) and index < len(before) else None
            yield from leaves_of(_at(label, index), m, r, b, is_argument=is_argument)
    elif isinstance(right, dict) and isinstance(mine, dict) and mine.keys() == right.keys():
        for key in right:
            b = before.get(key) if isinstance(before, dict) else None
            yield from leaves_of(_at(label, key), mine[key], right[key], b, is_argument=is_argument)
    else:
        yield Leaf(label, mine, right, before, is_argument)


def as_tensor(value: Any) -> torch.Tensor | None:
    """``value`` as a float64 tensor; None when it is no number, no tensor and no list of these."""
    import torch

    if isinstance(value, torch.Tensor):
        return None if value.is_complex() or value.numel() > MAX_ELEMENTS else value.detach().to(torch.float64)
    if type(value) in (int, float):
        return torch.tensor(value, dtype=torch.float64)
    if isinstance(value, list | tuple) and value and all(type(x) in (int, float) for x in value):
        return torch.tensor(value, dtype=torch.float64)
    return None


def is_float_tensor(value: Any) -> bool:
    import torch

    return isinstance(value, torch.Tensor) and value.is_floating_point() and value.numel() > 0


def same_tensor(one: Any, other: Any) -> bool:
    import torch

    both = isinstance(one, torch.Tensor) and isinstance(other, torch.Tensor) and not other.is_complex()
    return both and one.numel() > 1 and one.shape == other.shape and bool(torch.equal(one, other.to(one.dtype)))


def tensors_in(tree: Any, label: str = "") -> Iterator[tuple[str, torch.Tensor]]:
    """The tensors in nested arguments, with labels such as `` `batches[0][1]` ``."""
    import torch

    if isinstance(tree, torch.Tensor):
        yield label, tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from tensors_in(value, _at(label, key) if label else f"`{key}`")
    elif isinstance(tree, list | tuple):
        for index, value in enumerate(tree):
            yield from tensors_in(value, _at(label, index))


def close(mine: torch.Tensor, right: torch.Tensor, rtol: float = 1e-7) -> bool:
    import torch

    if mine.shape != right.shape or not right.numel() or not bool(torch.isfinite(mine).all()):
        return False
    scale = float(right.abs().max())
    return bool(torch.isfinite(right).all()) and float((mine - right).abs().max()) <= rtol * scale and scale > 0


def dtype_of(value: Any) -> str:
    return str(getattr(value, "dtype", type(value).__name__)).removeprefix("torch.")


def constant_ratio(mine: torch.Tensor, right: torch.Tensor) -> float | None:
    """r when mine = r * right everywhere, r neither 0 nor 1."""
    import torch

    if not bool(torch.isfinite(mine).all()) or not bool(torch.isfinite(right).all()) or not bool(right.any()):
        return None
    ratio = float((mine * right).sum() / (right * right).sum())
    close = float((mine - ratio * right).abs().max()) <= 1e-6 * abs(ratio) * float(right.abs().max())
    return ratio if close and ratio and abs(ratio - 1) > 1e-6 else None


# --- words --------------------------------------------------------------------------------------------------------


def names_of(comparison: Comparison, leaves: Sequence[Leaf]) -> str:
    """What these values are called together: a list by its own name when all of it is meant, else entry by entry."""
    labels = [leaf.label for leaf in leaves]
    for level in (parent_of, root_of):
        groups = dict.fromkeys(level(label) for label in labels)
        if all(label in labels for label in comparison.labels if level(label) in groups) and len(groups) < 3:
            return " and ".join(groups) if len(labels) > 1 else labels[0]
    return ", ".join(labels[:4]) + (" and others" if len(labels) > 4 else "")


def subject(comparison: Comparison, leaves: Sequence[Leaf]) -> str:
    """The same at the start of a sentence, with its verb: "The result is", "`params[1]`, `params[2]` are"."""
    names = names_of(comparison, leaves)
    return f"{sentence(names)} {'are' if ', ' in names or ' and ' in names else 'is'}"


def roots_of(leaves: Sequence[Leaf]) -> str:
    """The arguments or results that these values belong to."""
    return " and ".join(dict.fromkeys(root_of(leaf.label) for leaf in leaves))


def root_of(label: str) -> str:
    """`` `params` `` for `` `params[2]` ``."""
    name, index, _ = label.partition("[")
    return f"{name}`" if index and label.startswith("`") else name


def parent_of(label: str) -> str:
    """The list in which the value stands: ``the result['losses']`` for ``the result['losses'][0]``."""
    name, index, _ = label.rpartition("[")
    if not index:
        return label
    return f"{name}`" if label.startswith("`") else name


def sentence(words: str) -> str:
    """With a capital."""
    return words[:1].upper() + words[1:]


def _at(label: str, key: object) -> str:
    return f"{label[:-1]}[{key!r}]`" if label.endswith("`") else f"{label}[{key!r}]"
