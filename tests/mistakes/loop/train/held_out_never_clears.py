"""Never clears the gradients, so those of all batches add up."""

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    losses = []
    for epoch in range(epochs):
        running, seen = 0.0, 0
        for x, y in batches:
            out = model(x)
            loss = loss_fn(out, y)
            loss.backward()
            optimizer.step()
            running += loss.item() * x.shape[0]
            seen += x.shape[0]
        losses.append(running / seen)
    return losses
