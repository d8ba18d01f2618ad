"""Right: never holds all scores; goes through the keys in blocks with a running maximum, sum and weighted sum."""

import torch

BLOCK = 3


def attention(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attn_mask: torch.Tensor | None = None,
    is_causal: bool = False,
    scale: float | None = None,
) -> torch.Tensor:
    """Online softmax, as in FlashAttention; autograd goes through the loop."""
    wide = torch.promote_types(query.dtype, torch.float32)
    q, k, v = query.to(wide), key.to(wide), value.to(wide)
    length, size = q.shape[-2], k.shape[-2]
    q = q * (q.shape[-1] ** -0.5 if scale is None else scale)
    row = torch.arange(length, device=q.device)[:, None]
    mask = None if attn_mask is None else attn_mask.expand(*q.shape[:-1], size)

    top = q.new_full((*q.shape[:-1], 1), torch.finfo(wide).min)
    total = q.new_zeros((*q.shape[:-1], 1))
    mean = q.new_zeros((*q.shape[:-1], v.shape[-1]))
    for start in range(0, size, BLOCK):
        stop = min(start + BLOCK, size)
        scores = q @ k[..., start:stop, :].mT
        hidden = torch.zeros(scores.shape, dtype=torch.bool, device=q.device)
        if is_causal:
            hidden = hidden | (torch.arange(start, stop, device=q.device) > row)
        if mask is not None:
            hidden = hidden | ~mask[..., start:stop]

        masked = scores.detach().masked_fill(hidden, -torch.inf)
        new_top = torch.maximum(top, masked.amax(dim=-1, keepdim=True))
        e = (scores - new_top).masked_fill(hidden, -torch.inf).exp()
        shrink = (top - new_top).exp()
        total = total * shrink + e.sum(dim=-1, keepdim=True)
        mean = mean * shrink + e @ v[..., start:stop, :]
        top = new_top
    return (mean / total.masked_fill(total == 0, 1.0)).to(query.dtype)
