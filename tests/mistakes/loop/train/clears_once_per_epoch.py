"""Clears the gradients once per epoch instead of once per batch."""

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        optimizer.zero_grad()
        total, samples = 0.0, 0
        for inp, tgt in batches:
            out = model(inp)
            loss = loss_fn(out, tgt)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(inp)
            samples += len(inp)
        history.append(total / samples)
    return history
