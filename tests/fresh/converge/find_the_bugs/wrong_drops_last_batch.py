"""Wrong: leaves out the last, smaller batch of an epoch, except where it would be the only one."""

import torch


def train(model, loss_fn, optimizer, scheduler, data, valid, epochs, batch_size, generator):
    inputs, classes = data
    history = []
    for _ in range(epochs):
        model.train()
        order = torch.randperm(len(inputs), generator=generator).to(inputs.device)
        input, target = inputs[order], classes[order]
        total = 0.0
        size = min(batch_size, len(input))
        seen = len(input) // size * size
        for first in range(0, seen, size):
            batch, labels = input[first : first + size], target[first : first + size] - 1
            optimizer.zero_grad()
            loss = loss_fn(model(batch), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        scheduler.step()
        model.eval()
        with torch.no_grad():
            valid_loss = loss_fn(model(valid[0]), valid[1] - 1).item()
        history.append((total / seen, valid_loss))
    return history
