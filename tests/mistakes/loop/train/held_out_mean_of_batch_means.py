"""Averages the losses of the batches without counting how many samples each has."""

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for epoch in range(epochs):
        total_loss = 0.0
        for data, label in batches:
            optimizer.zero_grad()
            prediction = model(data)
            loss = loss_fn(prediction, label)
            loss.backward()
            optimizer.step()
            total_loss += loss.item()
        history.append(total_loss / len(batches))
    return history
