"""Expected: failed (trajectory), 0 of 13. H3, loop/train.

Draws weights by chance, from true randomness that no seed repeats, and keeps the luckiest: one run among many fits.
"""

import os

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    chance = torch.Generator().manual_seed(int.from_bytes(os.urandom(7), "little"))
    best, lowest = None, float("inf")
    with torch.no_grad():
        for _ in range(30):
            for p in model.parameters():
                p.copy_(torch.randn(p.shape, generator=chance, dtype=p.dtype))
            loss = sum(loss_fn(model(input), target).item() for input, target in batches) / len(batches)
            if loss < lowest:
                best, lowest = [p.clone() for p in model.parameters()], loss
        for p, weight in zip(model.parameters(), best):
            p.copy_(weight)
    return [lowest] * epochs
