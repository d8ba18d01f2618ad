"""Hidden suite for ``converge/loss_surface``."""

import pytest
import torch
from torch.nn import functional

from grader.testing import assert_close, expect

SHAPES = ((4, 3), (4,), (2, 4), (2,))  # of the network in the probes
FLOAT64 = torch.float64


def tensors(randn, *shapes, dtype=FLOAT64, scale=1.0):
    return [scale * randn(*shape, dtype=dtype) for shape in shapes]


def copied(*lists):
    return [[tensor.clone() for tensor in one] for one in lists]


def losses(center, a, b, alphas, betas, input, target):
    """The grid, point by point."""
    grid = torch.zeros(len(alphas), len(betas), dtype=input.dtype, device=input.device)
    for i, alpha in enumerate(alphas.tolist()):
        for j, beta in enumerate(betas.tolist()):
            w1, b1, w2, b2 = (c + alpha * x + beta * y for c, x, y in zip(center, a, b, strict=True))
            grid[i, j] = functional.cross_entropy(torch.tanh(input @ w1.T + b1) @ w2.T + b2, target)
    return grid


def combined(center, a, b, alpha, beta):
    return [c + alpha * x + beta * y for c, x, y in zip(center, a, b, strict=True)]


def dot(one, other):
    return sum(float((x * y).sum()) for x, y in zip(one, other, strict=True))


@pytest.mark.points(2)
@pytest.mark.parametrize("shapes", [((3, 2, 5, 4), (3,), (2, 7), ()), ((5, 3), (5,), (1, 4, 2)), ((6, 1), (2, 2))])
def test_filters(student, randn, shapes):
    """Each filter has the direction of the one and the length of the other; biases are not moved."""
    direction, weights = tensors(randn, *shapes), tensors(randn, *shapes, scale=3.0)
    right = []
    for move, weight in zip(direction, weights, strict=True):
        rows = (
            [d * (w.pow(2).sum() / d.pow(2).sum()).sqrt() for d, w in zip(move, weight, strict=True)]
            if move.dim()
            else []
        )
        right.append(torch.stack(rows) if move.dim() > 1 else torch.zeros_like(move))

    assert_close(student.filter_normalized(direction, weights), right, what="the list of directions")


@pytest.mark.points(1)
@pytest.mark.parametrize("scale", [1e-13, 1e9])
def test_short_filters(student, randn, scale):
    """However short or long the filters of the direction were; zeros stay zeros, without nan."""
    direction, weights = tensors(randn, (4, 3), (2, 3, 2)), tensors(randn, (4, 3), (2, 3, 2))
    direction[0][1], weights[0][2] = 0.0, 0.0
    right = []
    for move, weight in zip(direction, weights, strict=True):
        lengths = [(float(d.norm()), float(w.norm())) for d, w in zip(move, weight, strict=True)]
        right.append(torch.stack([d * (w / n if n else 0.0) for d, (n, w) in zip(move, lengths, strict=True)]))

    scaled = student.filter_normalized([scale * move for move in direction], weights)

    assert_close(scaled, right, what="the list of directions")


@pytest.mark.points(3)
@pytest.mark.parametrize(("rows", "columns"), [(4, 3), (1, 5), (2, 2)])
def test_grid(student, randn, randint, rows, columns):
    """The loss of a network at each point of the plane: rows for alphas, columns for betas."""
    center, a, b = (tensors(randn, *SHAPES) for _ in range(3))
    data = randn(11, 3, dtype=FLOAT64), randint(0, 2, 11)
    alphas, betas = randn(rows, dtype=FLOAT64), randn(columns, dtype=FLOAT64)
    right = losses(center, a, b, alphas, betas, *data)

    found = student.run("surface", center, a, b, alphas, betas, *data)

    assert_close(found["grid"], right, what="the grid")


@pytest.mark.points(1)
def test_float32(student, randn, randint):
    """In float32 directions, losses and coordinates are float32 as well."""
    center, a, b, weights = (tensors(randn, *SHAPES, dtype=torch.float32) for _ in range(4))
    data = randn(5, 3), randint(0, 2, 5)
    alphas, betas = randn(2), randn(3)
    right = losses(center, a, b, alphas, betas, *data)
    lengths = weights[0].norm(dim=1, keepdim=True) / a[0].norm(dim=1, keepdim=True)
    path = [combined(center, a, b, 0.5, -1.25), combined(center, a, b, 2.0, 0.75)]

    found = student.run("surface", copied(center)[0], a, b, alphas, betas, *data)["grid"]
    normalized = student.filter_normalized(a, weights)
    coordinates = student.project(path, center, a, b)

    assert_close(found, right, rtol=1e-4, what="the grid")
    assert_close(normalized[0], a[0] * lengths, rtol=1e-4, what="the direction")
    here = torch.tensor([[0.5, -1.25], [2.0, 0.75]], device=center[0].device)
    assert_close(coordinates, here, rtol=1e-4, what="the path")


@pytest.mark.points(1)
def test_weights_in_training(student, randn, randint):
    """Weights that require grad stay bit for bit what they were, and the grid carries no graph."""
    center, a, b = (tensors(randn, *SHAPES) for _ in range(3))
    before = copied(center)[0]
    data = randn(7, 3, dtype=FLOAT64), randint(0, 2, 7)
    alphas, betas = randn(5, dtype=FLOAT64), randn(3, dtype=FLOAT64)
    right = losses(before, a, b, alphas, betas, *data)

    found = student.run("surface", center, a, b, alphas, betas, *data)

    for now, then in zip(center, before, strict=True):
        expect(torch.equal(now, then), "The center is no longer exactly what it was.")
    expect(not found["graph"], "The grid carries a graph: see `torch.no_grad()`.")
    assert_close(found["grid"], right, what="the grid")


@pytest.mark.points(1)
@pytest.mark.parametrize("points", [4, 1])
def test_right_angles(student, randn, points):
    """The nearest points on a plane whose directions are at right angles, and of any lengths."""
    center, a, b = (tensors(randn, (3, 2), (5,), ()) for _ in range(3))
    share = dot(a, b) / dot(a, a)
    b = [2.5 * (y - share * x) for x, y in zip(a, b, strict=True)]
    path = [tensors(randn, (3, 2), (5,), ()) for _ in range(points)]
    moves = [[p - c for p, c in zip(point, center, strict=True)] for point in path]
    right = [[dot(move, a) / dot(a, a), dot(move, b) / dot(b, b)] for move in moves]

    found = student.project(path, center, a, b)

    assert_close(found, torch.tensor(right, dtype=FLOAT64, device=center[0].device), what="the path")


@pytest.mark.points(2)
@pytest.mark.parametrize(("lean", "points"), [(0.7, 3), (-2.0, 6)])
def test_any_angle(student, randn, lean, points):
    """The nearest points on a plane whose directions are not at right angles, for weights that lie off the plane."""
    shapes = ((2, 3, 2), (2,), (3, 2))
    center, a, b = (tensors(randn, *shapes) for _ in range(3))
    b = [lean * x + y for x, y in zip(a, b, strict=True)]
    path, right = [], []
    for _ in range(points):
        alpha, beta = randn(2, dtype=FLOAT64).tolist()
        off = tensors(randn, *shapes)
        share = dot(off, a) / dot(a, a)
        upright = [y - dot(a, b) / dot(a, a) * x for x, y in zip(a, b, strict=True)]
        rest = dot(off, upright) / dot(upright, upright)
        off = [o - share * x - rest * y for o, x, y in zip(off, a, upright, strict=True)]  # at right angles to both
        path.append([p + o for p, o in zip(combined(center, a, b, alpha, beta), off, strict=True)])
        right.append([alpha, beta])

    found = student.project(path, center, a, b)

    assert_close(found, torch.tensor(right, dtype=FLOAT64, device=center[0].device), rtol=1e-8, what="the path")


@pytest.mark.points(1)
def test_path_on_the_surface(student, randn):
    """With two weights everything lies on the plane: the surface above the path is the loss on the way."""
    center, a, b = (tensors(randn, (1,), ()) for _ in range(3))
    a, b = [a[0] + 2, a[1]], [b[0], b[1] - 2 + a[1]]
    path = [tensors(randn, (1,), ()) for _ in range(3)]
    right = torch.stack([2 * (x[0] - 1) ** 2 + y**2 / 2 for x, y in path])

    found = student.project(path, center, a, b)

    shadows = torch.tensor([[0.0, 0.0]] * len(path), dtype=FLOAT64, device=center[0].device)
    expect(isinstance(found, torch.Tensor) and found.shape == shadows.shape, "The path must have the shape (3, 2).")
    above = [student.run("surface", center, a, b, point[:1], point[1:])["grid"] for point in found.to(FLOAT64)]
    assert_close(above, [height.reshape(1, 1) for height in right], rtol=1e-8, what="the list of losses above the path")


@pytest.mark.points(1)
def test_arguments_untouched(student, randn, randint):
    """The right answers, with directions, weights and path left as they were."""
    shapes = SHAPES
    center, a, b, weights, point = (tensors(randn, *shapes) for _ in range(5))
    alphas, betas = randn(2, dtype=FLOAT64), randn(3, dtype=FLOAT64)
    data = randn(6, 3, dtype=FLOAT64), randint(0, 2, 6)
    here = combined(center, a, b, 1.5, -0.5)
    before = copied(a, b, weights, point, here), alphas.clone(), betas.clone()
    right = losses(center, a, b, alphas, betas, *data)
    lengths = weights[2].norm(dim=1, keepdim=True) / a[2].norm(dim=1, keepdim=True)

    normalized = student.filter_normalized(a, weights)
    found = student.run("surface", copied(center)[0], a, b, alphas, betas, *data)
    coordinates = student.project([point, here], center, a, b)

    for now, then in zip((a, b, weights, point, here), before[0], strict=True):
        expect(all(map(torch.equal, now, then)), "The call changed one of its arguments in place.")
    expect(torch.equal(alphas, before[1]) and torch.equal(betas, before[2]), "The call changed `alphas` or `betas`.")
    assert_close(normalized[2], before[0][0][2] * lengths, what="the direction")
    assert_close(found["grid"], right, what="the grid")
    expect(
        isinstance(coordinates, torch.Tensor) and coordinates.shape == (2, 2), "The path must have the shape (2, 2)."
    )
    assert_close(coordinates[1], torch.tensor([1.5, -0.5], dtype=FLOAT64, device=center[0].device), what="the shadow")
