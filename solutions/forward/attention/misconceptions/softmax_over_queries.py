"""The weights of each key add up to 1, not those of each query: the softmax has to go over the keys (`dim=-1`)."""

import math

import torch


def attention(query, key, value, attn_mask=None, is_causal=False, scale=None):
    factor = 1 / math.sqrt(query.shape[-1]) if scale is None else scale
    scores = factor * (query @ key.transpose(-2, -1))
    allowed = torch.ones_like(scores, dtype=torch.bool)
    if is_causal:
        allowed = allowed.tril()
    if attn_mask is not None:
        allowed = allowed & attn_mask
    nothing = ~allowed.any(dim=-1, keepdim=True)
    scores = scores.masked_fill(~allowed & ~nothing, -math.inf)
    weights = torch.softmax(scores, dim=-2).masked_fill(nothing, 0).nan_to_num()
    return weights @ value
