"""Uses the size of the first batch as the size of every batch."""

def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    batch_size = batches[0][0].shape[0]
    history = []
    for _ in range(epochs):
        total = 0.0
        for input, target in batches:
            optimizer.zero_grad()
            loss = loss_fn(model(input), target)
            loss.backward()
            optimizer.step()
            total += batch_size * loss.item()
        history.append(total / (batch_size * len(batches)))
    return history
