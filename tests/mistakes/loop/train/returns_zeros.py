"""Nonsense: returns a zero for each epoch and trains nothing."""

def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    return [0.0 for _ in range(epochs)]
