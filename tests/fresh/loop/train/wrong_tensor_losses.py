"""The losses that come back are tensors (detached ones), not Python floats."""


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    history = []
    for _ in range(epochs):
        total, count = 0.0, 0
        for input, target in batches:
            optimizer.zero_grad()
            loss = loss_fn(model(input), target)
            loss.backward()
            optimizer.step()
            total += loss.detach() * input.shape[0]
            count += input.shape[0]
        history.append(total / count)
    return history
