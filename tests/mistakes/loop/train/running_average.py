"""Updates a running mean over batches, which counts every batch alike whatever its size."""

def train(model, loss_fn, optimizer, batches, epochs):
    history = []
    model.train()
    for e in range(epochs):
        avg = 0.0
        for k, batch in enumerate(batches, start=1):
            data, label = batch
            optimizer.zero_grad()
            pred = model(data)
            l = loss_fn(pred, label)
            l.backward()
            optimizer.step()
            avg = avg + (l.item() - avg) / k
        history.append(avg)
    return history
