"""Writes optimizer.zero_grad without parentheses, so the gradients are never cleared."""

def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    epoch_losses = []
    size = sum(len(t) for _, t in batches)
    for epoch in range(epochs):
        s = 0.0
        for X, Y in batches:
            optimizer.zero_grad
            y_hat = model(X)
            loss = loss_fn(y_hat, Y)
            loss.backward()
            optimizer.step()
            s += loss.item() * len(X)
        epoch_losses.append(s / size)
    return epoch_losses
