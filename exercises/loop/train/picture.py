"""The loss of each epoch, and the way of slope and intercept down the loss surface."""

import torch

from grader.pictures import Picture, curve, surface, walk

EPOCHS, LR = 20, 0.12
START = (-1.5, 2.5)  # slope, intercept


def data(seed):
    """Forty points around y = 1.2 x + 0.5, in batches of different sizes."""
    generator = torch.Generator().manual_seed(seed)
    x = torch.rand(40, 1, generator=generator, dtype=torch.float64) * 4 - 2
    noise = torch.randn(40, 1, generator=generator, dtype=torch.float64)
    y = 1.2 * x + 0.5 + 0.3 * noise
    return list(zip(x.split([16, 16, 8]), y.split([16, 16, 8]), strict=True))


def train(student, batches, epochs):
    layers = [(torch.tensor([[START[0]]], dtype=torch.float64), torch.tensor([START[1]], dtype=torch.float64))]
    return student.run("train", layers, batches, epochs, loss="mse_loss", lr=LR)


def picture(student, seed):
    """Each point of the walk is the end of a training of its own: what a loop does wrong adds up within one."""
    batches = data(seed)
    x, y = (torch.cat([batch[index] for batch in batches]) for index in (0, 1))

    def loss(slope, intercept):
        predicted = slope[..., None] * x[:, 0] + intercept[..., None]
        return ((predicted - y[:, 0]) ** 2).mean(-1)

    def step(point, number):
        return torch.cat([weight.reshape(-1) for weight in train(student, batches, number + 1)["weights"]])

    way = walk("your loop", loss, START, step, EPOCHS)
    hill = surface("Loss over slope and intercept", loss, ("slope", "intercept"), (-2.0, 3.0, -1.5, 3.0), [way])
    losses = train(student, batches, EPOCHS)["losses"]
    return Picture("How your loop trains", (hill,), (curve("Loss of each epoch", "epoch", losses),))
