"""Calls loss_fn(target, output) with the two arguments swapped."""

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        total, samples = 0.0, 0
        for x, y in batches:
            y_pred = model(x)
            loss = loss_fn(y, y_pred)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * x.size(0)
            samples += x.size(0)
        history.append(total / samples)
    return history
