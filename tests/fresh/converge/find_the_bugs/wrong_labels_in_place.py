"""Wrong: counts the classes of `valid` from 0 by subtracting 1 in place, so that the tensor handed in is changed."""

import torch


def train(model, loss_fn, optimizer, scheduler, data, valid, epochs, batch_size, generator):
    inputs, classes = data
    history = []
    valid_inputs, valid_labels = valid
    valid_labels -= 1
    for _ in range(epochs):
        model.train()
        order = torch.randperm(len(inputs), generator=generator).to(inputs.device)
        input, target = inputs[order], classes[order]
        total = 0.0
        for first in range(0, len(input), batch_size):
            batch, labels = input[first : first + batch_size], target[first : first + batch_size] - 1
            optimizer.zero_grad()
            loss = loss_fn(model(batch), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        scheduler.step()
        model.eval()
        with torch.no_grad():
            valid_loss = loss_fn(model(valid_inputs), valid_labels).item()
        history.append((total / len(input), valid_loss))
    return history
