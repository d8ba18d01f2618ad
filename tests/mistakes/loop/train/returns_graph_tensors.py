"""Adds up the loss tensors themselves, so the list holds tensors with their graphs instead of floats."""

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        total = 0
        samples = 0
        for input, target in batches:
            optimizer.zero_grad()
            loss = loss_fn(model(input), target)
            loss.backward()
            optimizer.step()
            total += loss * len(input)
            samples += len(input)
        history.append(total / samples)
    return history
