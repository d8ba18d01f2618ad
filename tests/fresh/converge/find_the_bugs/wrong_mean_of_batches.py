"""Wrong: the training loss is the mean of the batches' losses, which counts a smaller last batch too much."""

import torch


def train(model, loss_fn, optimizer, scheduler, data, valid, epochs, batch_size, generator):
    inputs, classes = data
    history = []
    for _ in range(epochs):
        model.train()
        order = torch.randperm(len(inputs), generator=generator).to(inputs.device)
        input, target = inputs[order], classes[order]
        total, batches = 0.0, 0
        for first in range(0, len(input), batch_size):
            batch, labels = input[first : first + batch_size], target[first : first + batch_size] - 1
            optimizer.zero_grad()
            loss = loss_fn(model(batch), labels)
            loss.backward()
            optimizer.step()
            batches += 1
            total += loss.item()
        scheduler.step()
        model.eval()
        with torch.no_grad():
            valid_loss = loss_fn(model(valid[0]), valid[1] - 1).item()
        history.append((total / batches, valid_loss))
    return history
