"""The two equations of a shadow solved by Cramer's rule; the grid filled in place; norms by flattening filters."""

import torch


def dot(one, other):
    return sum((u * v).sum() for u, v in zip(one, other))


def filter_normalized(direction, weights):
    def scaled(d, w):
        if d.dim() < 2:
            return d * 0
        rows = d.flatten(1)
        lengths = rows.norm(dim=1, keepdim=True)
        lengths = torch.where(lengths == 0, torch.ones_like(lengths), lengths)
        return (rows / lengths * w.flatten(1).norm(dim=1, keepdim=True)).reshape(d.shape)

    return [scaled(d, w) for d, w in zip(direction, weights)]


@torch.no_grad()
def loss_grid(loss, center, a, b, alphas, betas):
    grid = None
    for i in range(len(alphas)):
        along = [c + alphas[i] * x for c, x in zip(center, a)]
        for j in range(len(betas)):
            value = loss([p + betas[j] * y for p, y in zip(along, b)])
            if grid is None:
                grid = value.new_empty(len(alphas), len(betas))
            grid[i, j] = value
    return grid


@torch.no_grad()
def project(path, center, a, b):
    aa, ab, bb = dot(a, a), dot(a, b), dot(b, b)
    rows = []
    for point in path:
        away = [p - c for p, c in zip(point, center)]
        u, v = dot(away, a), dot(away, b)
        rows.append(torch.stack([u * bb - v * ab, v * aa - u * ab]) / (aa * bb - ab * ab))
    return torch.stack(rows)
