"""Right: loops over filters and points, and the shadow by making b stand at right angles to a, list by list."""

import torch


def _length(numbers):
    numbers = numbers.double()
    most = numbers.abs().max()
    return most * (numbers / most).square().sum().sqrt() if most > 0 else most


@torch.no_grad()
def filter_normalized(direction, weights):
    new = []
    for old, weight in zip(direction, weights):
        tensor = torch.zeros_like(old)
        if old.ndim >= 2:
            for k in range(old.shape[0]):
                before = _length(old[k])
                if before != 0:
                    tensor[k] = (old[k].double() / before * _length(weight[k])).to(old.dtype)
        new.append(tensor)
    return new


def loss_grid(loss, center, a, b, alphas, betas):
    center = [c.detach() for c in center]
    losses = []
    for i in range(alphas.numel()):
        line = [torch.add(c, x.detach() * alphas[i]) for c, x in zip(center, a)]
        for j in range(betas.numel()):
            losses.append(loss([c + betas[j] * y.detach() for c, y in zip(line, b)]).detach())
    return torch.stack(losses).view(alphas.numel(), betas.numel())


def _dot(x, y):
    return sum((p * q).sum() for p, q in zip(x, y))


def _minus(x, factor, y):
    return [p - factor * q for p, q in zip(x, y)]


def _unit(x):
    length = _dot(x, x).sqrt()
    return [p / length for p in x], length


@torch.no_grad()
def project(path, center, a, b):
    dtype = center[0].dtype
    center, a, b = ([one.double() for one in tensors] for tensors in (center, a, b))
    first, a_length = _unit(a)
    across, b_length = _unit(b)
    shared = _dot(across, first)
    upright = _minus(across, shared, first)
    upright = _minus(upright, _dot(upright, first), first)  # once more, for small angles
    upright, height = _unit(upright)
    rows = []
    for point in path:
        away = _minus([p.double() for p in point], 1, center)
        beta = _dot(away, upright) / height
        alpha = _dot(away, first) - beta * shared
        rows.append(torch.stack([alpha / a_length, beta / b_length]))
    return torch.stack(rows).to(dtype)
