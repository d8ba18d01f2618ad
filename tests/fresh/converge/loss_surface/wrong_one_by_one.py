"""Wrong: project solves for alpha and beta one by one, as if the directions were always at right angles."""

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


def loss_grid(loss, center, a, b, alphas, betas):
    with torch.no_grad():
        rows = []
        for alpha in alphas:
            row = [loss([c + alpha * x + beta * y for c, x, y in zip(center, a, b)]) for beta in betas]
            rows.append(torch.stack(row))
        return torch.stack(rows)


def _flat(tensors):
    return torch.cat([one.detach().double().reshape(-1) for one in tensors])


def project(path, center, a, b):
    start, plane = _flat(center), torch.stack([_flat(a), _flat(b)], dim=1)
    away = torch.stack([_flat(point) - start for point in path], dim=1)
    found = (away.T @ plane) / (plane * plane).sum(dim=0)
    return found.to(center[0].dtype)
