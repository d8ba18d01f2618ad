"""Shuffles the batches in each epoch instead of keeping the given order."""

import random

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    rng = random.Random(42)
    for _ in range(epochs):
        order = list(batches)
        rng.shuffle(order)
        total, samples = 0.0, 0
        for x, y in order:
            optimizer.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            samples += len(x)
        history.append(total / samples)
    return history
