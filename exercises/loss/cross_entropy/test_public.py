"""Public suite for ``loss/cross_entropy``: what you can see while you work. Grading checks more."""

import math

import pytest
import torch

from grader.testing import assert_close


@pytest.mark.points(1)
def test_by_hand(student):
    """The example from the statement."""
    input = torch.tensor([[0.0, 0.0], [math.log(3), 0.0]])

    loss = student.cross_entropy(input, torch.tensor([1, 0]))

    assert_close(loss, torch.tensor((math.log(2) + math.log(4 / 3)) / 2))


@pytest.mark.points(1)
def test_equal_logits(student):
    """Without any preference the loss is log C."""
    input = torch.full((4, 7), 2.5)

    loss = student.cross_entropy(input, torch.tensor([0, 3, 6, 1]))

    assert_close(loss, torch.tensor(math.log(7)))


@pytest.mark.points(1)
def test_large_logits(student):
    """A very wrong and very sure answer costs 1000, not inf."""
    loss = student.cross_entropy(torch.tensor([[0.0, 1000.0]]), torch.tensor([0]))

    assert_close(loss, torch.tensor(1000.0))
