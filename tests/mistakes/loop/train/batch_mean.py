"""Averages the batch losses with equal weight instead of weighting them by their number of samples."""

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    losses = []
    for epoch in range(epochs):
        running_loss = 0.0
        for x, y in batches:
            optimizer.zero_grad()
            out = model(x)
            loss = loss_fn(out, y)
            loss.backward()
            optimizer.step()
            running_loss += loss.item()
        losses.append(running_loss / len(batches))
    return losses
