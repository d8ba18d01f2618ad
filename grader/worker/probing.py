"""The built-in probe: what autograd finds through a function, as numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from .loading import ProbeError

if TYPE_CHECKING:
    import torch


def vjp(
    function: Callable[..., Any], inputs: Sequence[Any], cotangent: torch.Tensor | Sequence[torch.Tensor]
) -> tuple[torch.Tensor | None, ...]:
    """The vector-Jacobian product of ``function`` at ``inputs``: one gradient per input.

    ``inputs`` are the positional arguments; floating-point tensors among them are differentiated, everything else is
    handed on as it is and gets ``None``. ``cotangent`` has the shape(s) of the function's output(s). An input that the
    output does not depend on gets ``None``, as ``torch.autograd.grad(allow_unused=True)`` says.
    """
    import torch

    def differentiable(value: Any) -> bool:
        return isinstance(value, torch.Tensor) and value.is_floating_point()

    leaves = [x.detach().clone().requires_grad_() if differentiable(x) else x for x in inputs]
    outputs = _tuple(function(*leaves))
    cotangents = _tuple(cotangent)
    if len(outputs) != len(cotangents):
        raise ProbeError(f"The function returned {len(outputs)} values, expected {len(cotangents)}.")
    for output, weight in zip(outputs, cotangents, strict=True):
        if not isinstance(output, torch.Tensor):
            raise ProbeError(f"The function returned {type(output).__name__}, expected a tensor.")
        if output.shape != weight.shape:
            raise ProbeError(f"The result has shape {tuple(output.shape)}, expected {tuple(weight.shape)}.")
    wanted = [leaf for leaf in leaves if differentiable(leaf)]
    pairs = [(o, w.to(o.dtype)) for o, w in zip(outputs, cotangents, strict=True) if o.requires_grad]
    found: Sequence[torch.Tensor | None] = (None,) * len(wanted)
    if pairs:
        found = torch.autograd.grad([o for o, _ in pairs], wanted, [w for _, w in pairs], allow_unused=True)
    gradients = iter(found)
    return tuple(next(gradients) if differentiable(leaf) else None for leaf in leaves)


def _tuple(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (value,)
