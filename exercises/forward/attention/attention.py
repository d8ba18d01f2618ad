"""Scaled dot-product attention: every query takes a weighted mean of the values."""

import math

import torch


def attention(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attn_mask: torch.Tensor | None = None,
    is_causal: bool = False,
    scale: float | None = None,
) -> torch.Tensor:
    """``softmax(scale * query @ key.T) @ value``, with the softmax over the keys that each query may look at.

    Args:
        query: shape (*, L, E), floating point.
        key: shape (*, S, E), dtype of ``query``.
        value: shape (*, S, V), dtype of ``query``.
        attn_mask: bool, any shape that can be broadcast to (*, L, S); True where a query may look at a key.
        is_causal: whether query i may look at keys 0 ... i only.
        scale: factor of the scores; None is 1 / sqrt(E).

    Returns:
        Shape (*, L, V), dtype of ``query``; zeros for a query that may look at no key.

    Source: Vaswani et al., "Attention Is All You Need", https://arxiv.org/abs/1706.03762, section 3.2.1;
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html
    """
    # YOUR CODE HERE
    raise NotImplementedError()
