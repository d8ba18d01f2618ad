"""Clears .grad by hand through the optimizer's groups, and keeps the mean of the epoch up to date batch by batch."""

import itertools


def train(model, loss_fn, optimizer, batches, epochs):
    model.train(True)
    means, seen = [0.0] * epochs, [0] * epochs
    for epoch, (input, target) in itertools.product(range(epochs), batches):
        output = model(input)
        loss = loss_fn(output, target)
        for parameter in itertools.chain(model.parameters(), *(group["params"] for group in optimizer.param_groups)):
            parameter.grad = None
        loss.backward()
        optimizer.step()
        seen[epoch] += len(input)
        means[epoch] += (loss.item() - means[epoch]) * len(input) / seen[epoch]
    return means
