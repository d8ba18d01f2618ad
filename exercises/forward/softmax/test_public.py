"""Public suite for ``forward/softmax``: what you can see while you work. Grading checks more."""

import math

import pytest
import torch

from grader.testing import assert_close


@pytest.mark.points(1)
@pytest.mark.parametrize("shift", [0.0, 1000.0])
def test_by_hand(student, shift):
    """The example from the statement."""
    input = torch.tensor([0.0, math.log(2), math.log(5)], dtype=torch.float64) + shift
    expected = torch.tensor([1 / 8, 1 / 4, 5 / 8], dtype=torch.float64)

    assert_close(student.softmax(input, 0), expected, what="softmax")
    assert_close(student.log_softmax(input, 0), expected.log(), what="log_softmax")
    assert_close(student.logsumexp(input, 0), torch.tensor(math.log(8) + shift, dtype=torch.float64), what="logsumexp")


@pytest.mark.points(1)
@pytest.mark.parametrize("dim", [0, 1, 2, -1])
def test_every_dim(student, randn, dim):
    """Along every dimension the numbers are PyTorch's."""
    input = randn(2, 3, 4)

    assert_close(student.softmax(input, dim), torch.softmax(input, dim), what="softmax")
    assert_close(student.log_softmax(input, dim), torch.log_softmax(input, dim), what="log_softmax")
    assert_close(student.logsumexp(input, dim), torch.logsumexp(input, dim), what="logsumexp")


@pytest.mark.points(1)
def test_far_behind(student):
    """A probability that is too small for a number still has a logarithm."""
    output = student.log_softmax(torch.tensor([[0.0, 1000.0]]), 1)

    assert_close(output, torch.tensor([[-1000.0, 0.0]]), what="log_softmax")
