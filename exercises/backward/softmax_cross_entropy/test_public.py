"""Public suite for ``backward/softmax_cross_entropy``: what you can see while you work. Grading checks more."""

import math

import pytest
import torch

from grader.testing import assert_close


@pytest.mark.points(1)
def test_softmax_by_hand(student):
    """The example from the statement: softmax alone."""
    grad_output, output = torch.tensor([2.0, 0.0, 4.0]), torch.tensor([0.5, 0.25, 0.25])

    assert_close(student.softmax_backward(grad_output, output, 0), torch.tensor([0.0, -0.5, 0.5]))


@pytest.mark.points(1)
def test_cross_entropy_by_hand(student):
    """The example from the statement: softmax and cross-entropy as one."""
    input, target = torch.tensor([[math.log(3), 0.0], [0.0, 0.0]]), torch.tensor([1, 0])
    right = torch.tensor([[0.375, -0.375], [-0.25, 0.25]])

    assert_close(student.cross_entropy_backward(torch.tensor(1.0), input, target), right)
    assert_close(student.cross_entropy_backward(torch.tensor(2.0), input, target), 2 * right, what="twice of it")


@pytest.mark.points(1)
def test_softmax_columns(student):
    """The same numbers as in the example, in columns: now dim is 0."""
    grad_output = torch.tensor([[2.0, 1.0], [0.0, 1.0], [4.0, -1.0]])
    output = torch.tensor([[0.5, 0.25], [0.25, 0.25], [0.25, 0.5]])
    right = torch.tensor([[0.0, 0.25], [-0.5, 0.25], [0.5, -0.5]])

    assert_close(student.softmax_backward(grad_output, output, 0), right, what="over dim=0")
    assert_close(student.softmax_backward(grad_output.T, output.T, -1), right.T, what="transposed, over dim=-1")


@pytest.mark.points(1)
def test_like_autograd(student, randn, randint):
    """It finds what autograd finds through ``torch.nn.functional.cross_entropy``."""
    input, target = randn(5, 3, dtype=torch.float64).requires_grad_(), randint(0, 3, 5)
    (expected,) = torch.autograd.grad(torch.nn.functional.cross_entropy(input, target), input)
    one = torch.ones((), dtype=torch.float64, device=input.device)

    assert_close(student.cross_entropy_backward(one, input.detach(), target), expected)
