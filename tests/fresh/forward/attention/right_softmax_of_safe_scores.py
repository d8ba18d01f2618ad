"""Right: one softmax, where queries that see nothing get harmless scores first and weights of 0 afterwards."""

import math

import torch


def attention(query, key, value, attn_mask=None, is_causal=False, scale=None):
    dtype = query.dtype
    if dtype in (torch.float16, torch.bfloat16):
        query, key, value = query.float(), key.float(), value.float()
    if scale is None:
        scale = query.shape[-1] ** -0.5

    scores = torch.matmul(scale * query, key.mT)
    visible = torch.ones_like(scores, dtype=torch.bool)
    if is_causal:
        rows = torch.arange(scores.shape[-2], device=scores.device)
        columns = torch.arange(scores.shape[-1], device=scores.device)
        visible = visible & (columns <= rows[:, None])
    if attn_mask is not None:
        visible = visible & attn_mask
    nothing = ~visible.any(dim=-1, keepdim=True)

    scores = scores.masked_fill(~visible, -math.inf).masked_fill(nothing, 0.0)
    weights = scores.softmax(dim=-1).masked_fill(~visible, 0.0)
    return torch.matmul(weights, value).to(dtype)
