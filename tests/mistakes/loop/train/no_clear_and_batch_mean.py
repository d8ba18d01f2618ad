"""Two mistakes: never clears the gradients, and averages over batches instead of samples."""

def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    L = []
    for i in range(epochs):
        tmp = []
        for (a, b) in batches:
            o = model(a)
            l = loss_fn(o, b)
            l.backward()
            optimizer.step()
            tmp.append(l.item())
        L.append(sum(tmp) / len(tmp))
    return L
