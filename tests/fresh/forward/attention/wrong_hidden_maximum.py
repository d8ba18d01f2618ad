"""Wrong: the maximum taken off the scores counts hidden keys too; a large hidden score underflows all visible ones."""

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
    """A softmax by hand: exp, mask, divide by the sum."""
    factor = 1 / math.sqrt(query.shape[-1]) if scale is None else scale
    wide = torch.promote_types(query.dtype, torch.float32)
    scores = query.to(wide) @ key.to(wide).mT * factor

    mask = torch.ones(scores.shape[-2:], dtype=torch.bool, device=query.device)
    if is_causal:
        mask = mask.tril()
    if attn_mask is not None:
        mask = mask & attn_mask

    largest = scores.detach().amax(dim=-1, keepdim=True)
    e = torch.exp(scores - largest) * mask
    total = e.sum(dim=-1, keepdim=True)
    weights = e / total.masked_fill(total == 0, 1.0)
    return (weights @ value.to(wide)).to(query.dtype)
