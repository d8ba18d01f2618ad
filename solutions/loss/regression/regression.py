"""Losses for regression: squared, absolute, and Huber's, which is the one near zero and the other far out."""

import torch


def mse_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean") -> torch.Tensor:
    """``(input - target)²`` of each element, reduced.

    Args:
        input: predictions, any shape, floating point.
        target: shape and dtype of ``input``.
        reduction: "mean", "sum" or "none".

    Returns:
        The loss, dtype of ``input``, shape (); with "none" the shape of ``input``.

    Raises:
        ValueError: the shapes differ, or there is no such reduction.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html
    """
    ### BEGIN SOLUTION
    return _reduced(_difference(input, target) ** 2, reduction)
    ### END SOLUTION


def l1_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean") -> torch.Tensor:
    """``|input - target|`` of each element, reduced; arguments, result and errors are those of :func:`mse_loss`.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.l1_loss.html
    """
    ### BEGIN SOLUTION
    return _reduced(_difference(input, target).abs(), reduction)
    ### END SOLUTION


def huber_loss(input: torch.Tensor, target: torch.Tensor, reduction: str = "mean", delta: float = 1.0) -> torch.Tensor:
    """``d²/2`` where ``d = |input - target| <= delta``, else ``delta (d - delta/2)``, reduced.

    Args:
        delta: where the loss becomes linear, above 0.

    The other arguments, the result and the errors are those of :func:`mse_loss`.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.huber_loss.html
    """
    ### BEGIN SOLUTION
    distance = _difference(input, target).abs()
    squared = distance**2 / 2
    linear = delta * (distance - delta / 2)
    return _reduced(torch.where(distance < delta, squared, linear), reduction)
    ### END SOLUTION


def _difference(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """What all three begin with: ``input - target``, or a ValueError unless both have the same shape."""
    ### BEGIN SOLUTION
    if input.shape != target.shape:  # broadcasting would pair every prediction with every target
        raise ValueError(f"input has shape {tuple(input.shape)}, target {tuple(target.shape)}")
    return input - target
    ### END SOLUTION


def _reduced(losses: torch.Tensor, reduction: str) -> torch.Tensor:
    """What all three end with: the losses of the elements as ``reduction`` wants them, or a ValueError."""
    ### BEGIN SOLUTION
    if reduction == "mean":
        return losses.mean()
    if reduction == "sum":
        return losses.sum()
    if reduction == "none":
        return losses
    raise ValueError(f"no such reduction: {reduction!r}")
    ### END SOLUTION
