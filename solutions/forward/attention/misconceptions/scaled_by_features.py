"""The scores are divided by the number of features itself: it has to be its square root."""

import math

import torch


def attention(query, key, value, attn_mask=None, is_causal=False, scale=None):
    factor = 1 / query.shape[-1] if scale is None else scale
    scores = factor * (query @ key.transpose(-2, -1))
    allowed = torch.ones_like(scores, dtype=torch.bool)
    if is_causal:
        allowed = allowed.tril()
    if attn_mask is not None:
        allowed = allowed & attn_mask
    nothing = ~allowed.any(dim=-1, keepdim=True)
    scores = scores.masked_fill(~allowed & ~nothing, -math.inf)
    weights = torch.softmax(scores, dim=-1).masked_fill(nothing, 0)
    return weights @ value
