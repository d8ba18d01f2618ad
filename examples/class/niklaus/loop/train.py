import numpy as np


def step(model, loss_fn, optimizer, input, target):
    for group in optimizer.param_groups:
        for parameter in group["params"]:
            parameter.grad = None
    loss = loss_fn(model.forward(input), target)
    loss.backward()
    optimizer.step()
    return float(loss)


def train(model, loss_fn, optimizer, batches, epochs):
    model.train(True)
    sizes = [len(target) for _, target in batches]
    return [
        np.average([step(model, loss_fn, optimizer, *batch) for batch in batches], weights=sizes) for _ in range(epochs)
    ]
