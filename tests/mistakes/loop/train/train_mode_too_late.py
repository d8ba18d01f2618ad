"""Calls model.train() after the forward pass, so the first batch still runs in the old mode."""

def train(model, loss_fn, optimizer, batches, epochs):
    losses = []
    for _ in range(epochs):
        acc, m = 0.0, 0
        for data, target in batches:
            output = model(data)
            model.train()
            optimizer.zero_grad()
            loss = loss_fn(output, target)
            loss.backward()
            optimizer.step()
            acc += loss.item() * data.shape[0]
            m += data.shape[0]
        losses.append(acc / m)
    return losses
