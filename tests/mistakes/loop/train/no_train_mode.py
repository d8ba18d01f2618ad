"""Does not put the model into training mode."""

def train(model, loss_fn, optimizer, batches, epochs):
    history = []
    for _ in range(epochs):
        total, samples = 0.0, 0
        for input, target in batches:
            optimizer.zero_grad()
            loss = loss_fn(model(input), target)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(input)
            samples += len(input)
        history.append(total / samples)
    return history
