"""Updates the parameters by hand with plain gradient descent and the learning rate, not with optimizer.step()."""

import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    lr = optimizer.param_groups[0]["lr"]
    history = []
    for _ in range(epochs):
        total, samples = 0.0, 0
        for x, y in batches:
            optimizer.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            with torch.no_grad():
                for p in model.parameters():
                    if p.grad is not None:
                        p -= lr * p.grad
            total += loss.item() * len(x)
            samples += len(x)
        history.append(total / samples)
    return history
