"""The scheduler steps after every batch, and the learning rate is gone too soon: once an epoch is asked."""

import torch


def train(model, loss_fn, optimizer, scheduler, data, valid, epochs, batch_size, generator):
    inputs, classes = data
    history = []
    for _ in range(epochs):
        model.train()
        order = torch.randperm(len(inputs), generator=generator).to(inputs.device)
        input, target = inputs[order], classes[order]
        total = 0.0
        for first in range(0, len(input), batch_size):
            batch, labels = input[first : first + batch_size], target[first : first + batch_size] - 1
            loss = loss_fn(model(batch), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            scheduler.step()
            total += loss.item() * len(batch)
        model.eval()
        with torch.no_grad():
            valid_loss = loss_fn(model(valid[0]), valid[1] - 1).item()
        history.append((total / len(input), valid_loss))
    return history
