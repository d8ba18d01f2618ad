"""Public suite for ``loss/regression``: what you can see while you work. Grading checks more."""

import pytest
import torch

from grader.testing import assert_close, expect

INPUT, TARGET = [[1.0, 2.0, 5.0]], [[1.5, 2.0, 1.0]]


@pytest.mark.points(1)
def test_by_hand(student):
    """The example from the statement: the means."""
    input, target = torch.tensor(INPUT), torch.tensor(TARGET)

    assert_close(student.mse_loss(input, target), torch.tensor(16.25 / 3), what="the squared loss")
    assert_close(student.l1_loss(input, target), torch.tensor(1.5), what="the absolute loss")
    assert_close(student.huber_loss(input, target, delta=2.0), torch.tensor(6.125 / 3), what="Huber's loss")


@pytest.mark.points(1)
def test_reductions_by_hand(student):
    """The example from the statement: each element, and the sums."""
    input, target = torch.tensor(INPUT), torch.tensor(TARGET)

    squares = student.mse_loss(input, target, reduction="none")
    assert_close(squares, torch.tensor([[0.25, 0.0, 16.0]]), what="the squared losses")
    huber = student.huber_loss(input, target, reduction="sum", delta=2.0)
    assert_close(huber, torch.tensor(6.125), what="the sum of Huber's losses")


@pytest.mark.points(1)
def test_shapes_differ(student):
    """Three predictions of shape (3, 1) and three targets of shape (3,): a ValueError."""
    input, target = torch.tensor([[1.0], [2.0], [3.0]]), torch.tensor([1.0, 2.0, 3.0])

    try:
        student.l1_loss(input, target)
    except ValueError:
        return
    expect(False, "The shapes (3, 1) and (3,) were accepted.")
