"""Hidden suite for ``optimizer/sgd``."""

import pytest
import torch
from torch.optim.sgd import sgd as torch_sgd

from grader.testing import assert_close, assert_trajectory, expect

SHAPES = ((3, 4), (5,), (), (2, 1, 3))


@pytest.mark.points(1)
@pytest.mark.parametrize("dtypes", [(torch.float32,), (torch.float64,), (torch.float64, torch.float32)])
@pytest.mark.parametrize("lr", [0.3, 0.02])
def test_plain_step(student, randn, dtypes, lr):
    """One plain step, for parameters of several shapes and dtypes: against the gradient, lr times as long."""
    start, grads = _draw(randn, *dtypes), _draw(randn, *dtypes)
    params, right = _copy(start), [p - lr * g for p, g in zip(start, grads, strict=True)]

    student.sgd_step(params, grads, _zeros(start), lr)

    assert_close(params, right, what="`params`")


@pytest.mark.points(3)
@pytest.mark.parametrize(
    ("lr", "momentum", "weight_decay"),
    [(0.1, 0.9, 0.0), (0.05, 0.5, 0.0), (0.2, 0.0, 0.3), (0.1, 0.8, 0.05), (0.03, 0.95, 0.5)],
)
def test_trajectory(student, reference, randn, lr, momentum, weight_decay):
    """Twelve steps with momentum and weight decay, each alone and both together."""
    start, grads = _draw(randn), [_draw(randn) for _ in range(12)]
    settings = [{"lr": lr, "momentum": momentum, "weight_decay": weight_decay}] * 12

    mine, _ = _walk(student, start, grads, settings)
    theirs, _ = _walk(reference, start, grads, settings)

    assert_trajectory(mine, theirs, what="the walk of `params`")


@pytest.mark.points(1)
@pytest.mark.parametrize(("momentum", "weight_decay"), [(0.9, 0.1), (0.6, 0.0)])
def test_like_torch(student, randn, momentum, weight_decay):
    """Ten steps take the parameters where torch.optim.SGD takes them."""
    start, grads = _draw(randn), [_draw(randn) for _ in range(10)]
    settings = {"lr": 0.1, "momentum": momentum, "weight_decay": weight_decay}
    theirs, buffers = _copy(start), [None] * len(start)
    for step in grads:  # what the class calls in its step(): to make an object of it costs seconds, once a process
        torch_sgd(theirs, step, buffers, dampening=0.0, nesterov=False, maximize=False, **settings)

    mine, _ = _walk(student, start, grads, [settings] * 10)

    assert_close(mine[-1], theirs, what="`params`")


@pytest.mark.points(2)
@pytest.mark.parametrize("momentum", [0.9, 0.4, 0.0])
def test_velocity_outlives_the_step(student, reference, randn, momentum):
    """The velocity is kept from step to step, in the tensors of `velocities`."""
    start, grads = _draw(randn), [_draw(randn) for _ in range(3)]
    speed = [v - v.mean() for v in _draw(randn)]  # no zeros, but they add up to 0
    settings = [{"lr": 0.1, "momentum": momentum}] * 3

    params, velocities = _walk(student, start, grads, settings, speed)
    theirs, kept = _walk(reference, start, grads, settings, speed)

    moved = any(not torch.equal(now, then) for now, then in zip(velocities, speed, strict=True))
    expect(moved, "After three steps the caller's own velocities are what they were.")
    assert_close(velocities, kept, what="`velocities`")
    assert_close(params[-1], theirs[-1], what="`params`")


@pytest.mark.points(1)
def test_schedule(student, reference, randn):
    """The learning rate changes on the way: the new one counts for the whole velocity at once."""
    start, grads = _draw(randn), [_draw(randn) for _ in range(8)]
    settings = [{"lr": lr, "momentum": 0.9} for lr in (0.1, 0.1, 0.1, 0.01, 0.01, 0.2, 0.2, 0.05)]

    mine, _ = _walk(student, start, grads, settings)
    theirs, _ = _walk(reference, start, grads, settings)

    assert_trajectory(mine, theirs, what="the walk of `params`")


@pytest.mark.points(1)
def test_decay_inside_the_velocity(student, reference, randn):
    """Weight decay is a part of the gradient: it goes through the velocity too."""
    start = _draw(randn)
    grads, settings = [_zeros(start)] * 5, [{"lr": 0.1, "momentum": 0.9, "weight_decay": 0.4}] * 5

    mine, _ = _walk(student, start, grads, settings)
    theirs, _ = _walk(reference, start, grads, settings)

    assert_trajectory(mine, theirs, what="the walk of `params`")


@pytest.mark.points(1)
@pytest.mark.parametrize("without", [(1,), (0, 3)])
def test_no_gradient(student, reference, randn, without):
    """A parameter without a gradient stays as it is, and so does its velocity; the others move."""
    start, speed, grads = _draw(randn), _draw(randn), _draw(randn)
    grads = [None if index in without else grad for index, grad in enumerate(grads)]
    params, velocities = _copy(start), _copy(speed)
    theirs, kept = _copy(start), _copy(speed)

    reference.sgd_step(theirs, grads, kept, lr=0.1, momentum=0.9, weight_decay=0.2)
    student.sgd_step(params, grads, velocities, lr=0.1, momentum=0.9, weight_decay=0.2)

    for index in without:
        expect(torch.equal(params[index], start[index]), "A parameter whose gradient is None was changed.")
        expect(
            torch.equal(velocities[index], speed[index]), "The velocity of a parameter without gradient was changed."
        )
    assert_close(params, theirs, what="`params`")
    assert_close(velocities, kept, what="`velocities`")


@pytest.mark.points(1)
def test_gradients_untouched(student, reference, randn):
    """The right step, with the gradients left as they were and nothing returned."""
    start, grads = _draw(randn), _draw(randn)
    params, theirs, before = _copy(start), _copy(start), _copy(grads)
    settings = {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.3}
    velocities, kept = _zeros(start), _zeros(start)

    for _ in range(2):  # a velocity that is the gradient itself changes it in the second step
        result = student.sgd_step(params, grads, velocities, **settings)
        reference.sgd_step(theirs, before, kept, **settings)

    for now, then in zip(grads, before, strict=True):
        expect(torch.equal(now, then), "The call changed a gradient in place.")
    expect(result is None, "The function returns something: it should change the parameters and return None.")
    assert_close(params, theirs, what="`params`")


@pytest.mark.points(2)
@pytest.mark.parametrize(("samples", "inputs", "outputs"), [(7, 3, 2), (5, 2, 4)])
def test_model(student, reference, randn, samples, inputs, outputs):
    """It trains a model: the model's own parameters move, and they require grad."""
    weight, bias = randn(outputs, inputs, dtype=torch.float64), randn(outputs, dtype=torch.float64)
    data = randn(samples, inputs, dtype=torch.float64), randn(samples, outputs, dtype=torch.float64)

    trained = student.run("train", weight, bias, *data, 6, lr=0.1, momentum=0.8)
    theirs = reference.run("train", weight, bias, *data, 6, lr=0.1, momentum=0.8)

    params, velocities = trained["params"], trained["velocities"]
    moved = not torch.equal(params[0], weight) or not torch.equal(params[1], bias)
    expect(moved, "The model did not move: after six steps its own parameters are what they were.")
    kept = any(bool(v.any()) for v in velocities)
    expect(kept, "The velocities are still zero: the tensors that were handed in have not changed.")
    expect(not trained["graph"], "The velocities carry a graph that grows with every step: see `torch.no_grad()`.")
    assert_close(params[0], theirs["params"][0], what="the model's weight")
    assert_close(params[1], theirs["params"][1], what="the model's bias")
    assert_close(trained["held"], theirs["params"], what="the memory that others hold on to")


def _draw(randn, *dtypes):
    dtypes = dtypes or (torch.float64,)
    return [randn(*shape, dtype=dtypes[index % len(dtypes)]) for index, shape in enumerate(SHAPES)]


def _copy(tensors):
    return [tensor.clone() for tensor in tensors]


def _zeros(tensors):
    return [torch.zeros_like(tensor) for tensor in tensors]


def _walk(module, start, grads, settings, speed=None):
    """The parameters after every step and the velocities after the last; ``grads`` and ``settings`` have one a step.

    ``speed`` are the velocities before the first step, zeros if not given.
    """
    params, velocities, path = _copy(start), _copy(speed or _zeros(start)), []
    for step, hyperparameters in zip(grads, settings, strict=True):
        module.sgd_step(params, _copy(step), velocities, **hyperparameters)
        path.append(_copy(params))
    return path, velocities
