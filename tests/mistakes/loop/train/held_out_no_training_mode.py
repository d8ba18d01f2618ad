"""Does not put the model into training mode."""

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    n_samples = sum(len(x) for x, _ in batches)
    result = []
    for _ in range(epochs):
        s = 0.0
        for x, t in batches:
            optimizer.zero_grad()
            loss = loss_fn(model(x), t)
            loss.backward()
            optimizer.step()
            s += len(x) * loss.item()
        result.append(s / n_samples)
    return result
