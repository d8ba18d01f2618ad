"""Public suite for ``converge/pizza``: what you can see while you work. Grading checks more.

``probes.py`` beside this file draws the pictures and hands your functions their parts.
"""

import math

import pytest
import torch

from grader.testing import assert_close, expect

MIDDLE = torch.tensor([[[[0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]]])
PARAMS = [MIDDLE, torch.tensor([-2.0]), torch.tensor([[1.0, 7.0], [-1.0, 2.0]]), torch.tensor([0.5, 4.0])]
PICTURE = torch.tensor([[[[1.0, 4, 0, 2, 1, 0], [0, 3, 1, 0, 2, 1], [2, 0, 5, 1, 0, 1]]]])


@pytest.mark.points(1)
def test_forward_by_hand(student):
    """The logits in the example from the statement."""
    assert_close(student.run("forward", PARAMS, PICTURE), torch.tensor([[3.5, 1.0]]), what="the tensor of logits")


@pytest.mark.points(1)
def test_predict_by_hand(student):
    """The label and the probabilities in the example from the statement."""
    found = student.run("predict", PARAMS, PICTURE)

    sure = 1 / (1 + math.exp(-2.5))
    assert_close(found["labels"], torch.tensor([0]), what="the tensor of labels")
    assert_close(found["probabilities"], torch.tensor([[sure, 1 - sure]]), what="the tensor of probabilities")


@pytest.mark.points(1)
def test_steps(student):
    """There are as many steps as were asked for, also where they end in the middle of an epoch."""
    steps = student.run("practice", 100, 11, 5)["steps"]

    expect(steps == 11, f"There were {steps} calls of `parts.sgd_step`, expected 11.")


@pytest.mark.points(1)
def test_learns(student):
    """After 80 steps on 320 pictures most of 300 new ones are recognised."""
    accuracy = student.run("practice", 320, 80, 7)["accuracy"]

    expect(accuracy > 0.8, f"{accuracy:.0%} of the new pictures are recognised.")
