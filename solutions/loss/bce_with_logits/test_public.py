"""Public suite for ``loss/bce_with_logits``: what you can see while you work. Grading checks more."""

import math

import pytest
import torch

from grader.testing import assert_close

LOGITS = [0.0, math.log(3), -math.log(3)]


@pytest.mark.points(1)
def test_by_hand(student):
    """The example from the statement: without weights."""
    loss = student.bce_with_logits(torch.tensor(LOGITS), torch.tensor([1.0, 1.0, 1.0]))

    assert_close(loss, torch.tensor((math.log(2) + math.log(4 / 3) + math.log(4)) / 3))


@pytest.mark.points(1)
def test_weights_by_hand(student):
    """The example from the statement: a yes counts twice."""
    input, target = torch.tensor(LOGITS), torch.tensor([1.0, 0.0, 1.0])

    loss = student.bce_with_logits(input, target, pos_weight=torch.tensor(2.0))

    assert_close(loss, torch.tensor((2 * math.log(2) + math.log(4) + 2 * math.log(4)) / 3))


@pytest.mark.points(1)
def test_sure_and_wrong(student):
    """A very sure and very wrong answer costs 1000, not inf."""
    loss = student.bce_with_logits(torch.tensor([-1000.0]), torch.tensor([1.0]))

    assert_close(loss, torch.tensor(1000.0))
