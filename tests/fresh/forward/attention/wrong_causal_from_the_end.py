"""Wrong: where L and S differ, is_causal lines up the last query with the last key, not query 0 with key 0."""

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
    """Hidden scores become -inf before the softmax."""
    length, size = query.shape[-2], key.shape[-2]
    if scale is None:
        scale = 1 / math.sqrt(query.shape[-1])
    look = torch.ones(length, size, dtype=torch.bool, device=query.device)
    if is_causal:
        look = look.tril(diagonal=size - length)
    if attn_mask is not None:
        look = look & attn_mask

    wide = torch.promote_types(query.dtype, torch.float32)
    scores = torch.einsum("...le,...se->...ls", query.to(wide), key.to(wide)) * scale
    nobody = ~look.any(-1, keepdim=True)
    scores = torch.where(look | nobody, scores, -torch.inf)
    weights = torch.where(nobody, 0.0, torch.softmax(scores, -1))
    return torch.einsum("...ls,...sv->...lv", weights, value.to(wide)).to(query.dtype)
