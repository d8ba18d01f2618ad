"""Keeps the loss of the last batch of each epoch instead of the mean over all samples."""

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    def one_batch(x, y):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    model.train()
    losses = []
    for _ in range(epochs):
        for x, y in batches:
            batch_loss = one_batch(x, y)
        losses.append(batch_loss)
    return losses
