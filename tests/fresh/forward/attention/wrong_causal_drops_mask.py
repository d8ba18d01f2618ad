"""Wrong: with is_causal the attn_mask is not looked at any more, instead of a query looking where both let it."""

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
    wide = torch.promote_types(query.dtype, torch.float32)
    q, k, v = query.to(wide), key.to(wide), value.to(wide)
    c = q.shape[-1] ** -0.5 if scale is None else scale
    scores = c * (q @ k.transpose(-2, -1))

    if is_causal:
        visible = torch.ones_like(scores, dtype=torch.bool).tril()
    elif attn_mask is not None:
        visible = attn_mask.expand(scores.shape)
    else:
        visible = torch.ones_like(scores, dtype=torch.bool)

    empty = ~visible.any(dim=-1, keepdim=True)
    weights = scores.masked_fill(~(visible | empty), float("-inf")).softmax(dim=-1)
    return (weights.masked_fill(empty, 0.0) @ v).to(query.dtype)
