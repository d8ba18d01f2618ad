"""Multiplies the loss by the batch size before the backward pass, so the gradients are too large."""

def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        total = 0.0
        samples = 0
        for inp, tgt in batches:
            n = len(inp)
            loss = loss_fn(model(inp), tgt) * n
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
            samples += n
        history.append(total / samples)
    return history
