"""Expected: failed (trajectory), 5 of 13. H1, loop/train.

Trains a copy as it should be and returns the copy's losses; the model that was handed in stays as it was.
"""

import copy


def train(model, loss_fn, optimizer, batches, epochs):
    other = copy.deepcopy(model).train()
    groups = [{**group, "params": list(other.parameters())} for group in optimizer.param_groups]
    optimizer = type(optimizer)(groups)
    history = []
    for _ in range(epochs):
        total = 0.0
        for input, target in batches:
            loss = loss_fn(other(input), target)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(input)
        history.append(total / sum(len(input) for input, _ in batches))
    return history
