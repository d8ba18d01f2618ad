"""The eight checks; ``benchmarks/peers/checks.py`` has them for graders without a wall."""

import pytest
import torch

from grader.testing import assert_close, assert_trajectory, expect

FLOAT64 = torch.float64


@pytest.mark.points(1)
def test_loss(student, reference, randn, randint):
    """The mean loss of a batch, for several shapes."""
    for samples, classes in ((7, 3), (2, 11), (13, 5)):
        input, target = 3 * randn(samples, classes, dtype=FLOAT64), randint(0, classes, samples)
        assert_close(student.cross_entropy(input, target), reference.cross_entropy(input, target))


@pytest.mark.points(1)
def test_loss_of_large_logits(student, randint):
    """One logit 1000 ahead of the right class: exactly 1000."""
    input = torch.zeros(3, 5)
    input[:, 4] = 1000.0
    assert_close(student.cross_entropy(input, randint(0, 4, 3)), torch.tensor(1000.0))


@pytest.mark.points(1)
def test_loss_keeps_the_dtype(student, reference, randn, randint):
    """The loss has the dtype of the logits, which stay as they were."""
    input, target = randn(4, 3), randint(0, 3, 4)
    before = input.clone()
    loss = student.cross_entropy(input, target)
    expect(torch.equal(input, before), "The call changed `input` in place.")
    assert_close(loss, reference.cross_entropy(input, target))


@pytest.mark.points(1)
def test_gradient(student, reference, randn, randint):
    """The gradient of the mean loss, for several shapes."""
    for samples, classes in ((6, 4), (3, 9)):
        input, target = randn(samples, classes, dtype=FLOAT64), randint(0, classes, samples)
        expected = reference.cross_entropy_gradient(input, target)
        assert_close(student.cross_entropy_gradient(input, target), expected)


@pytest.mark.points(1)
def test_gradient_of_large_logits(student, reference, randn, randint):
    """The gradient is finite and right for logits in the thousands."""
    input, target = 1000 * randn(5, 4, dtype=FLOAT64), randint(0, 4, 5)
    assert_close(student.cross_entropy_gradient(input, target), reference.cross_entropy_gradient(input, target))


@pytest.mark.points(1)
def test_step(student, randn):
    """One step against the gradient, lr times as long."""
    params, grads = [randn(3, 4), randn(5)], [randn(3, 4), randn(5)]
    right = [p - 0.3 * g for p, g in zip(params, grads, strict=True)]
    student.sgd_step(params, grads, 0.3)
    assert_close(params, right, what="`params`")


@pytest.mark.points(1)
def test_step_leaves_gradients(student, randn):
    """The step changes the parameters, and leaves the gradients alone."""
    params, grads = [randn(4, 2)], [randn(4, 2)]
    right, before = params[0] - 0.1 * grads[0], grads[0].clone()
    student.sgd_step(params, grads, 0.1)
    expect(torch.equal(grads[0], before), "The call changed a gradient in place.")
    assert_close(params[0], right, what="`params`")


@pytest.mark.points(1)
def test_training(student, reference, randn, randint):
    """Five steps of training end where they should."""
    data, target = randn(8, 6, dtype=FLOAT64), randint(0, 3, 8)
    start = randn(3, 6, dtype=FLOAT64)
    assert_trajectory(train(student, start, data, target), train(reference, start, data, target), what="the weight")


def train(who, start, data, target):
    """The weight after each of five steps."""
    weight, path = start.clone(), []
    for _ in range(5):
        gradient = who.cross_entropy_gradient(data @ weight.T, target).T @ data
        who.sgd_step([weight], [gradient], 0.5)
        path.append(weight.clone())
    return path
