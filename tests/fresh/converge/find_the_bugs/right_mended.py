"""Right: the loop of the statement with its five bugs mended, and gradients cleared after the step."""

import torch


def train(model, loss_fn, optimizer, scheduler, data, valid, epochs, batch_size, generator):
    inputs, classes = data
    history = []
    optimizer.zero_grad()
    for _ in range(epochs):
        order = torch.randperm(len(inputs), generator=generator).to(inputs.device)
        input, target = inputs[order], classes[order]
        total = 0.0
        model.train()
        for first in range(0, len(input), batch_size):
            batch, labels = input[first : first + batch_size], target[first : first + batch_size] - 1
            loss = loss_fn(model(batch), labels)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            total += loss.item() * len(batch)
        scheduler.step()
        model.eval()
        with torch.no_grad():
            valid_loss = loss_fn(model(valid[0]), valid[1] - 1).item()
        history.append((total / len(input), valid_loss))
    return history
