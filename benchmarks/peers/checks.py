"""The eight checks of ``benchmarks/course``, for graders that run student code in their own process.

Each takes the student's module. This file is copied beside the tests of each grader; it needs torch alone.
"""

import torch

FLOAT64 = torch.float64
CHECKS = []


def check(function):
    CHECKS.append(function)
    return function


def cross_entropy(input, target):
    return torch.nn.functional.cross_entropy(input, target)


def cross_entropy_gradient(input, target):
    return (torch.softmax(input, 1) - torch.nn.functional.one_hot(target, input.shape[1])) / len(target)


def draw(*shape, seed, dtype=FLOAT64):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=dtype)


def labels(classes, count, seed):
    return torch.randint(0, classes, (count,), generator=torch.Generator().manual_seed(seed))


def close(actual, expected):
    torch.testing.assert_close(actual, expected, rtol=1e-5 if expected.dtype == torch.float32 else 1e-9, atol=1e-7)


@check
def loss(student):
    for seed, (samples, classes) in enumerate(((7, 3), (2, 11), (13, 5))):
        input, target = 3 * draw(samples, classes, seed=seed), labels(classes, samples, seed)
        close(student.cross_entropy(input, target), cross_entropy(input, target))


@check
def loss_of_large_logits(student):
    input = torch.zeros(3, 5)
    input[:, 4] = 1000.0
    close(student.cross_entropy(input, labels(4, 3, 3)), torch.tensor(1000.0))


@check
def loss_keeps_the_dtype(student):
    input, target = draw(4, 3, seed=4, dtype=torch.float32), labels(3, 4, 4)
    before = input.clone()
    loss = student.cross_entropy(input, target)
    assert torch.equal(input, before)
    close(loss, cross_entropy(before, target))


@check
def gradient(student):
    for seed, (samples, classes) in enumerate(((6, 4), (3, 9))):
        input, target = draw(samples, classes, seed=5 + seed), labels(classes, samples, 5 + seed)
        close(student.cross_entropy_gradient(input, target), cross_entropy_gradient(input, target))


@check
def gradient_of_large_logits(student):
    input, target = 1000 * draw(5, 4, seed=7), labels(4, 5, 7)
    close(student.cross_entropy_gradient(input, target), cross_entropy_gradient(input, target))


@check
def step(student):
    params, grads = [draw(3, 4, seed=8), draw(5, seed=9)], [draw(3, 4, seed=10), draw(5, seed=11)]
    right = [p - 0.3 * g for p, g in zip(params, grads, strict=True)]
    student.sgd_step(params, grads, 0.3)
    for mine, theirs in zip(params, right, strict=True):
        close(mine, theirs)


@check
def step_leaves_gradients(student):
    params, grads = [draw(4, 2, seed=12)], [draw(4, 2, seed=13)]
    right, before = params[0] - 0.1 * grads[0], grads[0].clone()
    student.sgd_step(params, grads, 0.1)
    assert torch.equal(grads[0], before)
    close(params[0], right)


@check
def training(student):
    data, target = draw(8, 6, seed=14), labels(3, 8, 14)
    weight = draw(3, 6, seed=15)
    mine, theirs = weight.clone(), weight.clone()
    for _ in range(5):
        student.sgd_step([mine], [student.cross_entropy_gradient(data @ mine.T, target).T @ data], 0.5)
        theirs = theirs - 0.5 * cross_entropy_gradient(data @ theirs.T, target).T @ data
        close(mine, theirs)
