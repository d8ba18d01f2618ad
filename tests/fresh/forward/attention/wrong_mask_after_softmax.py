"""Wrong: the softmax goes over all keys and the mask sets weights to 0 afterwards, so the rest does not add up to 1."""

import math

import torch


def attention(query, key, value, attn_mask=None, is_causal=False, scale=None):
    c = 1 / math.sqrt(query.shape[-1]) if scale is None else scale
    weights = torch.softmax((query * c) @ key.transpose(-2, -1), dim=-1)
    if attn_mask is not None:
        weights = weights * attn_mask
    if is_causal:
        weights = torch.tril(weights)
    return weights @ value
