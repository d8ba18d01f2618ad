"""Computes the loss, then gives step a closure that does forward, loss and backward a second time."""

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        total, samples = 0.0, 0
        for x, y in batches:
            loss = loss_fn(model(x), y)

            def closure(x=x, y=y):
                optimizer.zero_grad()
                value = loss_fn(model(x), y)
                value.backward()
                return value

            optimizer.step(closure)
            total += loss.item() * len(x)
            samples += len(x)
        history.append(total / samples)
    return history
