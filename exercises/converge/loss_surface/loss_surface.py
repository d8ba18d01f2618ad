"""The loss surface: a plane through the space of all weights, the loss above it, and the way that training took."""

from collections.abc import Callable

import torch


def filter_normalized(direction: list[torch.Tensor], weights: list[torch.Tensor]) -> list[torch.Tensor]:
    """``direction`` with each filter as long as the same filter of ``weights``; zeros for tensors of less than 2 dims.

    Args:
        direction: tensors, each with the shape and dtype of its weight; neither they nor the weights are changed.
        weights: the weights of a model. What belongs to one index of the first dimension is a filter.

    Returns:
        New tensors of the same shapes. A filter of the direction that is all zeros stays so.

    Source: Li et al. 2018, section 4, https://arxiv.org/abs/1712.09913
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def loss_grid(
    loss: Callable[[list[torch.Tensor]], torch.Tensor],
    center: list[torch.Tensor],
    a: list[torch.Tensor],
    b: list[torch.Tensor],
    alphas: torch.Tensor,
    betas: torch.Tensor,
) -> torch.Tensor:
    """The loss at ``center + alpha * a + beta * b`` for all pairs.

    Args:
        loss: ``loss(weights)`` is the loss of a model with these weights, shape ().
        center: the weights in the middle, a list of tensors; they may require grad, and are not changed.
        a, b: directions, lists of tensors with the shapes and dtypes of ``center``.
        alphas, betas: shapes (A,) and (B,), at least one each, dtype of ``center``.

    Returns:
        Shape (A, B), dtype of the losses, without a graph: the loss for ``alphas[i]`` and ``betas[j]`` at ``[i, j]``.

    Source: Li et al. 2018, section 3, https://arxiv.org/abs/1712.09913
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def project(
    path: list[list[torch.Tensor]], center: list[torch.Tensor], a: list[torch.Tensor], b: list[torch.Tensor]
) -> torch.Tensor:
    """Where on the plane through ``center`` along ``a`` and ``b`` the points of ``path`` are nearest.

    Args:
        path: weights at several times of training, each a list of tensors like ``center``.
        center, a, b: as for ``loss_grid``; ``a`` and ``b`` are not parallel, but need not be at right angles either.

    Returns:
        Shape (len(path), 2), dtype of ``center``: alpha and beta for which ``center + alpha * a + beta * b`` has the
        smallest distance from the point.
    """
    # YOUR CODE HERE
    raise NotImplementedError()
