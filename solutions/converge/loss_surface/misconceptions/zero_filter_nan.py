"""A filter of zeros is divided by its length 0: the direction is nan there, and has to stay 0."""

import torch


def flat(tensors):
    return torch.cat([tensor.reshape(-1) for tensor in tensors])


def filter_normalized(direction, weights):
    normalized = []
    for move, weight in zip(direction, weights):
        if move.dim() < 2:
            normalized.append(torch.zeros_like(move))
            continue
        rest = tuple(range(1, move.dim()))
        length = torch.linalg.vector_norm(move, dim=rest, keepdim=True)
        unit = move / length
        normalized.append(unit * torch.linalg.vector_norm(weight, dim=rest, keepdim=True))
    return normalized


def loss_grid(loss, center, a, b, alphas, betas):
    with torch.no_grad():
        rows = []
        for alpha in alphas:
            row = []
            for beta in betas:
                row.append(loss([w + alpha * x + beta * y for w, x, y in zip(center, a, b)]))
            rows.append(torch.stack(row))
        return torch.stack(rows)


def project(path, center, a, b):
    plane = torch.stack([flat(a), flat(b)])
    away = torch.stack([flat(point) for point in path]) - flat(center)
    return torch.linalg.solve(plane @ plane.T, plane @ away.T).T
