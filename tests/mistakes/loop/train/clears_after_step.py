"""Clears only after each step, so gradients left over from before the call spoil the first batch."""

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for epoch in range(epochs):
        loss_sum = 0.0
        num_samples = 0
        for inputs, targets in batches:
            predictions = model(inputs)
            loss = loss_fn(predictions, targets)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            loss_sum += loss.item() * inputs.size(0)
            num_samples += inputs.size(0)
        history.append(loss_sum / num_samples)
    return history
