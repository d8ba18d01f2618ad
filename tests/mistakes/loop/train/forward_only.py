"""Unfinished: only computes the losses, with no backward pass and no step."""

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        total, samples = 0.0, 0
        for input, target in batches:
            output = model(input)
            loss = loss_fn(output, target)
            # TODO backward + step
            total += loss.item() * len(input)
            samples += len(input)
        history.append(total / samples)
    return history
