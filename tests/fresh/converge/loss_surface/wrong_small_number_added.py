"""Wrong: adds 1e-10 to the length of a filter against division by 0: very short filters come out too short."""

import torch


def filter_normalized(direction, weights):
    result = []
    for d, w in zip(direction, weights):
        if d.dim() <= 1:
            result.append(torch.zeros_like(d))
        else:
            dims = tuple(range(1, d.dim()))
            scale = w.detach().norm(dim=dims, keepdim=True) / (d.norm(dim=dims, keepdim=True) + 1e-10)
            result.append(d * scale)
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
    lengths = plane.norm(dim=0)
    q, r = torch.linalg.qr(plane / lengths)
    away = torch.stack([_flat(point) - start for point in path], dim=1)
    found = torch.linalg.solve_triangular(r, q.T @ away, upper=True) / lengths[:, None]
    return found.T.to(center[0].dtype)
