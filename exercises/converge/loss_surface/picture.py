"""A small network on two half moons: the plane on which its training lies best, and one of random directions."""

import torch
from torch.nn import functional

from grader.pictures import NoPicture, Picture, Surface, Walk

HIDDEN, STEPS, LR = 6, 40, 0.9
GRID = 33


def moons(generator):
    """Sixty points of two kinds, each along half a circle."""
    angle = torch.rand(60, generator=generator, dtype=torch.float64) * 3.1416
    target = torch.arange(60) % 2
    sign = 1.0 - 2.0 * target
    points = torch.stack([sign * angle.cos() + target, sign * angle.sin() + 0.4 * target], dim=1)
    return points + 0.1 * torch.randn(60, 2, generator=generator, dtype=torch.float64), target


def loss(weights, input, target):
    w1, b1, w2, b2 = weights
    return functional.cross_entropy(functional.linear(torch.tanh(functional.linear(input, w1, b1)), w2, b2), target)


def train(generator, input, target):
    """The weights before each step of gradient descent and after the last, and their losses."""

    def normal(*shape):
        return torch.randn(*shape, generator=generator, dtype=torch.float64)

    weights = [normal(HIDDEN, 2), normal(HIDDEN), normal(2, HIDDEN) / HIDDEN**0.5, normal(2)]
    path, losses = [weights], []
    for _ in range(STEPS + 1):
        leaves = [weight.clone().requires_grad_() for weight in path[-1]]
        here = loss(leaves, input, target)
        losses.append(float(here.detach()))
        grads = torch.autograd.grad(here, leaves)
        path.append([w.detach() - LR * g for w, g in zip(leaves, grads, strict=True)])
    return path[:-1], losses


def main_directions(path):
    """The two directions in which the path is longest (its principal components), at right angles."""
    away = torch.stack([torch.cat([w.reshape(-1) for w in weights]) for weights in path])
    rows = torch.linalg.svd(away - away[-1], full_matrices=False).Vh[:2]
    sizes = [weight.numel() for weight in path[-1]]
    return [[v.reshape(w.shape) for v, w in zip(row.split(sizes), path[-1], strict=True)] for row in rows]


def cut(student, title, label, path, losses, directions, data):
    """The surface above the plane of ``directions`` around the last weights, with the path on it."""
    center, (a, b) = path[-1], directions
    shadows = student.project(path, center, a, b)
    if not isinstance(shadows, torch.Tensor) or shadows.shape != (len(path), 2) or not shadows.isfinite().all():
        raise NoPicture("`project` does not return a finite number for each point and direction: nothing can be drawn.")
    low, high = shadows.amin(dim=0), shadows.amax(dim=0)
    margin = (0.25 * (high - low)).clamp(min=0.6)
    alphas, betas = (
        torch.linspace(float(low[k] - margin[k]), float(high[k] + margin[k]), GRID, dtype=torch.float64) for k in (0, 1)
    )
    grid = student.run("surface", [w.clone() for w in center], a, b, alphas, betas, *data)["grid"]
    if not isinstance(grid, torch.Tensor) or grid.shape != (GRID, GRID):
        raise NoPicture("`loss_grid` does not return one loss for each pair of alpha and beta: nothing can be drawn.")
    rows = tuple(tuple(row) for row in grid.T.tolist())
    walk = Walk(label, tuple((x, y) for x, y in shadows.tolist()), tuple(losses))
    return Surface(title, ("alpha", "beta"), tuple(alphas.tolist()), tuple(betas.tolist()), rows, (walk,))


def picture(student, seed):
    """One training, seen on two planes through its last weights."""
    generator = torch.Generator().manual_seed(seed)
    data = moons(generator)
    path, losses = train(generator, *data)
    random = [[torch.randn(w.shape, generator=generator, dtype=torch.float64) for w in path[-1]] for _ in range(2)]
    normalized = [student.filter_normalized(direction, path[-1]) for direction in random]
    along = cut(student, "Along the path", "gradient descent", path, losses, main_directions(path), data)
    across = cut(student, "Along random directions", "its shadow", path, losses, normalized, data)
    return Picture("The surface under a training run", (along, across))
