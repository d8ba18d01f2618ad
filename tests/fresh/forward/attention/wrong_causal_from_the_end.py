"""Wrong: the causal mask is aligned with the last key, so query i sees keys up to i + S - L instead of up to i."""

import math

import torch


def attention(query, key, value, attn_mask=None, is_causal=False, scale=None):
    queries, keys = query.shape[-2], key.shape[-2]
    c = 1 / math.sqrt(query.shape[-1]) if scale is None else scale
    may_look = torch.ones(queries, keys, dtype=torch.bool)
    if is_causal:
        may_look = may_look.tril(diagonal=keys - queries)
    if attn_mask is not None:
        may_look = may_look & attn_mask
    sees_some = may_look.any(dim=-1, keepdim=True)

    scores = (query * c) @ key.transpose(-2, -1)
    scores = scores.masked_fill(~may_look & sees_some, -math.inf)
    return (torch.softmax(scores, dim=-1) @ value).masked_fill(~sees_some, 0)
