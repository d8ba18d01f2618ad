"""Wrong: the gradients are cleared once at the beginning of each epoch, not before each batch."""

import torch


def train(model, loss_fn, optimizer, scheduler, data, valid, epochs, batch_size, generator):
    inputs, classes = data
    history = []
    for _ in range(epochs):
        model.train()
        order = torch.randperm(len(inputs), generator=generator).to(inputs.device)
        input, target = inputs[order], classes[order]
        total = 0.0
        optimizer.zero_grad()
        for first in range(0, len(input), batch_size):
            batch, labels = input[first : first + batch_size], target[first : first + batch_size] - 1
            loss = loss_fn(model(batch), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        scheduler.step()
        model.eval()
        with torch.no_grad():
            valid_loss = loss_fn(model(valid[0]), valid[1] - 1).item()
        history.append((total / len(input), valid_loss))
    return history
