"""The return is indented too far, so training ends after the first epoch."""

def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        total, samples = 0.0, 0
        for input, target in batches:
            loss = loss_fn(model(input), target)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(input)
            samples += len(input)
        history.append(total / samples)
        return history
