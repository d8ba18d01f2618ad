"""Expected: failed (trajectory), 0 of 13. H1, loop/train.

Trains nothing, and reports losses that fall as beautifully as losses can.
"""


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    return [1.0 / (epoch + 1) ** 2 for epoch in range(epochs)]
