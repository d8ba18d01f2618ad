"""The losses are tensors, not numbers (see `.item()`): one that was never detached keeps its whole graph in memory.

Signature: the right numbers in tensors that require gradients.
"""


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        total, samples = 0.0, 0
        for input, target in batches:
            loss = loss_fn(model(input), target)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss * len(input)
            samples += len(input)
        history.append(total / samples)
    return history
