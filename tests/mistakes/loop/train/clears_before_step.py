"""Clears the gradients between the backward pass and the step, so the step has nothing to use."""

def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        total, count = 0.0, 0
        for x, t in batches:
            loss = loss_fn(model(x), t)
            loss.backward()
            optimizer.zero_grad()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history.append(total / count)
    return history
