"""Adds up the losses as tensors and returns tensors with their graphs instead of Python floats."""

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    losses = []
    for epoch in range(epochs):
        epoch_loss = 0
        num = 0
        for input, target in batches:
            optimizer.zero_grad()
            loss = loss_fn(model(input), target)
            loss.backward()
            optimizer.step()
            epoch_loss += loss * len(input)
            num += len(input)
        losses.append(epoch_loss / num)
    return losses
