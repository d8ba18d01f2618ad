"""Wrong: subtracts 10000 from the scores of hidden keys, so a hidden key with a much larger score still wins."""

import math

import torch


def attention(query, key, value, attn_mask=None, is_causal=False, scale=None):
    c = 1 / math.sqrt(query.shape[-1]) if scale is None else scale
    may_look = torch.ones(query.shape[-2], key.shape[-2], dtype=torch.bool)
    if is_causal:
        may_look = may_look.tril()
    if attn_mask is not None:
        may_look = may_look & attn_mask

    scores = (query * c) @ key.transpose(-2, -1)
    scores = scores - 1e4 * (~may_look).to(scores.dtype)
    output = torch.softmax(scores, dim=-1) @ value
    return output.masked_fill(~may_look.any(dim=-1, keepdim=True), 0)
