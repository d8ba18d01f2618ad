"""Wrong: a query that sees no key gets zeros, but NaN as gradient: the softmax of only -inf is just covered up."""

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
    """The mask as a bias of 0 and -inf that is added to the scores."""
    scale = 1 / math.sqrt(query.size(-1)) if scale is None else scale
    wide = torch.promote_types(query.dtype, torch.float32)
    allowed = torch.ones(query.size(-2), key.size(-2), dtype=torch.bool, device=query.device)
    if is_causal:
        allowed = torch.tril(allowed)
    if attn_mask is not None:
        allowed = allowed & attn_mask
    bias = torch.zeros(allowed.shape, dtype=wide, device=query.device).masked_fill(~allowed, float("-inf"))

    scores = scale * (query.to(wide) @ key.to(wide).transpose(-1, -2)) + bias
    weights = torch.softmax(scores, dim=-1)
    weights = torch.nan_to_num(weights, nan=0.0)  # rows without any key
    return (weights @ value.to(wide)).to(query.dtype)
