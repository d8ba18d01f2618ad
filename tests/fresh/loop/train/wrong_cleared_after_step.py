"""Gradients are cleared after each step only, so those that the parameters hold beforehand go into the first step."""


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        total, count = 0.0, 0
        for input, target in batches:
            loss = loss_fn(model(input), target)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            total += loss.item() * len(input)
            count += len(input)
        history.append(total / count)
    return history
