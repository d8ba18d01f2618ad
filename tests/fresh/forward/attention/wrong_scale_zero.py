"""Wrong: takes scale with `or`, so a scale of 0.0 becomes 1 / sqrt(E)."""

import math

import torch


def attention(query, key, value, attn_mask=None, is_causal=False, scale=None):
    scale = scale or 1 / math.sqrt(query.size(-1))
    scores = torch.einsum("...le,...se->...ls", query * scale, key)
    hidden = torch.zeros_like(scores, dtype=torch.bool)
    if is_causal:
        hidden = hidden | torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1)
    if attn_mask is not None:
        hidden = hidden | ~attn_mask
    blind = hidden.all(dim=-1, keepdim=True)

    scores = torch.where(hidden & ~blind, -torch.inf, scores)
    output = torch.einsum("...ls,...sv->...lv", torch.softmax(scores, dim=-1), value)
    return torch.where(blind, 0, output)
