"""The optimizer step stands outside the loop over batches, so there is one step per epoch."""

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        total, samples = 0.0, 0
        for input, target in batches:
            optimizer.zero_grad()
            loss = loss_fn(model(input), target)
            loss.backward()
            total += loss.item() * len(input)
            samples += len(input)
        optimizer.step()
        history.append(total / samples)
    return history
