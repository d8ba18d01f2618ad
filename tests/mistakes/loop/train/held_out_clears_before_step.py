"""Clears the gradients between the backward pass and the step, so the optimizer has nothing to work with."""

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    epoch_losses = []
    for _ in range(epochs):
        loss_sum = 0.0
        count = 0
        for inputs, targets in batches:
            loss = loss_fn(model(inputs), targets)
            loss.backward()
            optimizer.zero_grad()
            optimizer.step()
            loss_sum += float(loss) * inputs.size(0)
            count += inputs.size(0)
        epoch_losses.append(loss_sum / count)
    return epoch_losses
