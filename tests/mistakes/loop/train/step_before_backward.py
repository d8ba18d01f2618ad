"""Calls optimizer.step() before loss.backward()."""

def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        total, samples = 0.0, 0
        for features, target in batches:
            prediction = model(features)
            loss = loss_fn(prediction, target)
            optimizer.step()
            optimizer.zero_grad()
            loss.backward()
            total += loss.item() * len(features)
            samples += len(features)
        history.append(total / samples)
    return history
