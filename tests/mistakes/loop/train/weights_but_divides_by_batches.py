"""Weights by the batch size but divides by the number of batches instead of samples."""

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    train_loss = [0.0] * epochs
    for e in range(epochs):
        for input, target in batches:
            optimizer.zero_grad()
            pred = model(input)
            loss = loss_fn(pred, target)
            loss.backward()
            optimizer.step()
            train_loss[e] += loss.item() * input.size(0)
        train_loss[e] /= len(batches)
    return train_loss
