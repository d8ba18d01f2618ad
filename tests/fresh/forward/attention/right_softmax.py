"""Right: one torch.softmax over all scores; rows without any key are let through it unmasked and zeroed behind it."""

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
    """All scores at once, in float32 at least."""
    if scale is None:
        scale = 1 / math.sqrt(query.shape[-1])
    wide = torch.promote_types(query.dtype, torch.float32)
    scores = scale * torch.matmul(query.to(wide), key.to(wide).transpose(-2, -1))

    visible = torch.ones(scores.shape, dtype=torch.bool, device=scores.device)
    if is_causal:
        visible = visible.tril()
    if attn_mask is not None:
        visible = visible & attn_mask

    empty = ~visible.any(dim=-1, keepdim=True)
    weights = scores.masked_fill(~(visible | empty), -math.inf).softmax(dim=-1).masked_fill(empty, 0.0)
    return torch.matmul(weights, value.to(wide)).to(query.dtype)
