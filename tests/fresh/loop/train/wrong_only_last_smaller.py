"""Takes for granted that all batches but the last are as large as the first, and weights the losses accordingly."""


def train(model, loss_fn, optimizer, batches, epochs):
    batch_size, last_size = len(batches[0][0]), len(batches[-1][0])
    samples = batch_size * (len(batches) - 1) + last_size
    history = []
    model.train()
    for _ in range(epochs):
        running = 0.0
        for k, (input, target) in enumerate(batches):
            optimizer.zero_grad()
            loss = loss_fn(model(input), target)
            loss.backward()
            optimizer.step()
            running += loss.item() * (last_size if k == len(batches) - 1 else batch_size)
        history.append(running / samples)
    return history
