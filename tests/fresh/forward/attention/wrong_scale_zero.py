"""Wrong: scale=0.0 is taken for "not given" and becomes 1 / sqrt(E), where it should give the mean of the values."""

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
    """Masked softmax of the scores, times the values."""
    scale = scale or 1 / math.sqrt(query.shape[-1])
    wide = torch.promote_types(query.dtype, torch.float32)
    scores = (query.to(wide) * scale) @ key.to(wide).mT

    hidden = torch.zeros(scores.shape, dtype=torch.bool, device=scores.device)
    if attn_mask is not None:
        hidden = hidden | ~attn_mask
    if is_causal:
        rows = torch.arange(scores.shape[-2], device=scores.device)[:, None]
        columns = torch.arange(scores.shape[-1], device=scores.device)
        hidden = hidden | (columns > rows)

    alone = hidden.all(dim=-1, keepdim=True)
    weights = scores.masked_fill(hidden & ~alone, -math.inf).softmax(-1).masked_fill(alone, 0)
    return (weights @ value.to(wide)).to(query.dtype)
