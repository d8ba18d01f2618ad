def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        total = 0.0
        for input, target in batches:
            loss = loss_fn(model(input), target)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        history.append(total / len(batches))
    return history
