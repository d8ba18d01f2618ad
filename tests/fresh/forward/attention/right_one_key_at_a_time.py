"""Right: walks over the keys and keeps a running maximum, a running sum and a running mean, without any softmax."""

import math

import torch


def attention(query, key, value, attn_mask=None, is_causal=False, scale=None):
    work = torch.promote_types(query.dtype, torch.float32)
    c = 1 / math.sqrt(query.shape[-1]) if scale is None else scale
    q, k, v = query.to(work) * c, key.to(work), value.to(work)
    shape = (*query.shape[:-1], key.shape[-2])

    allowed = torch.ones(shape, dtype=torch.bool, device=query.device)
    if attn_mask is not None:
        allowed = allowed & attn_mask
    if is_causal:
        allowed = allowed.tril()

    largest = torch.full((*query.shape[:-1], 1), -math.inf, dtype=work, device=query.device)
    total = torch.zeros_like(largest)
    mixed = torch.zeros_like(largest)
    for j in range(key.shape[-2]):
        score = (q * k[..., j : j + 1, :]).sum(dim=-1, keepdim=True)
        may = allowed[..., j : j + 1]
        before = largest
        largest = torch.where(may, torch.maximum(before, score.detach()), before)
        shrink = torch.where(before == largest, 1.0, torch.exp(before - largest))
        part = torch.where(may, torch.exp(torch.where(may, score - largest, 0.0)), 0.0)
        total = total * shrink + part
        mixed = mixed * shrink + part * v[..., j : j + 1, :]

    return (mixed / torch.where(total > 0, total, 1.0)).to(query.dtype)
