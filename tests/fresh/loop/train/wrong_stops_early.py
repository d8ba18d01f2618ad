"""Stops when the loss of an epoch is larger than the one before, although `epochs` says how many there are."""


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        total, count = 0.0, 0
        for input, target in batches:
            optimizer.zero_grad()
            loss = loss_fn(model(input), target)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(target)
            count += len(target)
        history.append(total / count)
        if len(history) > 1 and history[-1] > history[-2]:
            break
    return history
