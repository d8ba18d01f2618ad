"""Wrong: loss_grid moves the center itself to each point and back again, so that it is not exactly what it was."""

import torch


def filter_normalized(direction, weights):
    result = []
    with torch.no_grad():
        for d, w in zip(direction, weights):
            if d.dim() < 2:
                result.append(torch.zeros_like(d))
                continue
            rows, like = d.flatten(1), w.flatten(1)
            largest = rows.abs().amax(dim=1, keepdim=True)
            rows = rows / torch.where(largest > 0, largest, 1.0)  # however short, squares do not vanish now
            length = rows.norm(dim=1, keepdim=True)
            rows = rows / torch.where(length > 0, length, 1.0) * like.norm(dim=1, keepdim=True)
            result.append(rows.reshape(d.shape))
    return result


@torch.no_grad()
def _move(center, direction, length):
    for weight, step in zip(center, direction):
        weight += length * step


def loss_grid(loss, center, a, b, alphas, betas):
    grid = None
    for i, alpha in enumerate(alphas):
        for j, beta in enumerate(betas):
            _move(center, a, alpha)
            _move(center, b, beta)
            with torch.no_grad():
                found = loss(center)
            _move(center, b, -beta)
            _move(center, a, -alpha)
            if grid is None:
                grid = found.new_zeros(len(alphas), len(betas))
            grid[i, j] = found
    return grid


def _flat(tensors):
    return torch.cat([one.detach().double().reshape(-1) for one in tensors])


def project(path, center, a, b):
    start, plane = _flat(center), torch.stack([_flat(a), _flat(b)], dim=1)
    lengths = plane.norm(dim=0)
    q, r = torch.linalg.qr(plane / lengths)
    away = torch.stack([_flat(point) - start for point in path], dim=1)
    found = torch.linalg.solve_triangular(r, q.T @ away, upper=True) / lengths[:, None]
    return found.T.to(center[0].dtype)
