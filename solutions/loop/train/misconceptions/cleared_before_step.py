"""The parameters never move: when the optimizer steps it finds no gradients (cleared too early?), or it never steps.

Signature: every epoch has the same loss.
"""


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        total, samples = 0.0, 0
        for input, target in batches:
            loss = loss_fn(model(input), target)
            loss.backward()
            optimizer.zero_grad()
            optimizer.step()
            total += loss.item() * len(input)
            samples += len(input)
        history.append(total / samples)
    return history
