"""einsum, and a softmax of its own: exponentials that are 0 where a query may not look, divided by their sum."""

import torch


def attention(query, key, value, attn_mask=None, is_causal=False, scale=None):
    factor = query.shape[-1] ** -0.5 if scale is None else scale
    scores = torch.einsum("...le,...se->...ls", query * factor, key)
    rows = torch.arange(scores.shape[-2], device=query.device)[:, None]
    columns = torch.arange(scores.shape[-1], device=query.device)
    hidden = (columns > rows) if is_causal else torch.zeros_like(columns > rows)
    if attn_mask is not None:
        hidden = hidden | attn_mask.logical_not()
    hidden = hidden.expand(scores.shape)
    largest = scores.detach().masked_fill(hidden, float("-inf")).amax(-1, keepdim=True)
    shifted = scores - torch.where(largest.isfinite(), largest, 0)
    grown = torch.where(hidden, 0, torch.where(hidden, 0, shifted).exp())
    total = grown.sum(-1, keepdim=True)
    return torch.einsum("...ls,...sv->...lv", grown / torch.where(total == 0, 1, total), value)
