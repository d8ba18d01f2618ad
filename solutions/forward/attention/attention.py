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
    ### BEGIN SOLUTION
    factor = 1 / math.sqrt(query.shape[-1]) if scale is None else scale
    scores = factor * (query @ key.transpose(-2, -1))
    allowed = torch.ones_like(scores, dtype=torch.bool)
    if is_causal:
        allowed = allowed.tril()
    if attn_mask is not None:
        allowed = allowed & attn_mask
    nothing = ~allowed.any(dim=-1, keepdim=True)
    # A softmax of -inf alone would be nan, and so would its gradient: such a row gets other numbers, then zeros.
    scores = scores.masked_fill(~allowed & ~nothing, -math.inf)
    weights = torch.softmax(scores, dim=-1).masked_fill(nothing, 0)
    return weights @ value
    ### END SOLUTION
