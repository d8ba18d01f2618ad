def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        for input, target in batches:
            loss = loss_fn(model(input), target)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            history.append(loss.item())
    return history
