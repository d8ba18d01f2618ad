"""Everything as one long vector: grid points are cut out of it again; shadows by least squares."""

import torch
from torch.nn.utils import parameters_to_vector


def filter_normalized(direction, weights):
    result = []
    for d, w in zip(direction, weights):
        new = torch.zeros_like(d)
        if d.ndim >= 2:
            for k in range(len(d)):
                if d[k].any():
                    new[k] = d[k] / d[k].square().sum().sqrt() * w[k].square().sum().sqrt()
        result.append(new)
    return result


def loss_grid(loss, center, a, b, alphas, betas):
    c, x, y = (parameters_to_vector(t).detach() for t in (center, a, b))
    sizes, shapes = [t.numel() for t in center], [t.shape for t in center]
    points = torch.cartesian_prod(alphas, betas).reshape(-1, 2) @ torch.stack([x, y]) + c
    losses = [loss([v.reshape(s) for v, s in zip(point.split(sizes), shapes)]) for point in points]
    return torch.stack(losses).reshape(len(alphas), len(betas))


def project(path, center, a, b):
    plane = torch.stack([parameters_to_vector(a), parameters_to_vector(b)], dim=1)
    away = torch.stack([parameters_to_vector(p) - parameters_to_vector(center) for p in path], dim=1)
    return torch.linalg.lstsq(plane, away).solution.T.detach()
