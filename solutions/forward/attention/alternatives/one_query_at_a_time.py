"""Query by query over flat samples, with the keys that are in sight picked out."""

import torch


def attention(query, key, value, attn_mask=None, is_causal=False, scale=None):
    lead, length, count = query.shape[:-2], query.shape[-2], key.shape[-2]
    factor = query.shape[-1] ** -0.5 if scale is None else scale
    mask = torch.ones(*lead, length, count, dtype=torch.bool, device=query.device)
    if attn_mask is not None:
        mask = mask & attn_mask
    queries, keys, values = (t.reshape(-1, *t.shape[-2:]) for t in (query, key, value))
    mask = mask.reshape(-1, length, count)
    samples = []
    for q, k, v, m in zip(queries, keys, values, mask):
        rows = []
        for i in range(length):
            seen = [j for j in range(count) if m[i, j] and (j <= i or not is_causal)]
            if seen:
                scores = factor * (k[seen] @ q[i])
                rows.append(torch.softmax(scores, 0) @ v[seen])
            else:
                rows.append(v[0] * 0)
        samples.append(torch.stack(rows))
    return torch.stack(samples).reshape(*lead, length, value.shape[-1]) if lead else samples[0]
