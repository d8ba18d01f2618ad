"""Gradient clipping: all gradients cut down by one factor when together they are too long, or each element alone."""

from collections.abc import Iterable

import torch


def clip_grad_norm_(
    parameters: Iterable[torch.Tensor],
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
) -> torch.Tensor:
    """Scale all gradients in place, so that the norm of all of them together is at most ``max_norm``.

    Args:
        parameters: a list or a generator of parameters, with gradients of any shapes and one dtype in ``.grad``; where
            it is None, the parameter does not count.
        max_norm: the limit, above 0.
        norm_type: which norm, at least 1; may be ``math.inf``.
        error_if_nonfinite: whether a norm that is nan or inf is an error.

    Returns:
        The norm of all gradients together before clipping, shape (), dtype of the gradients; 0 if there are none.

    Raises:
        RuntimeError: with ``error_if_nonfinite``, if the norm is nan or inf; the gradients are then as they were.

    Source: Pascanu, Mikolov and Bengio, https://arxiv.org/abs/1211.5063;
    https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def clip_grad_value_(parameters: Iterable[torch.Tensor], clip_value: float) -> None:
    """Cut each element of all gradients off in place, so that it lies between ``-clip_value`` and ``clip_value``.

    Args:
        parameters: as above.
        clip_value: the limit, above 0.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_value_.html
    """
    # YOUR CODE HERE
    raise NotImplementedError()
