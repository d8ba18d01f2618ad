"""Records the loss of a second forward pass made after the step instead of the loss found before it."""

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        total, samples = 0.0, 0
        for x, y in batches:
            optimizer.zero_grad()
            loss_fn(model(x), y).backward()
            optimizer.step()
            with torch.no_grad():
                total += loss_fn(model(x), y).item() * len(x)
            samples += len(x)
        history.append(total / samples)
    return history
