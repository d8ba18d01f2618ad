"""Public suite for ``optimizer/sgd``: what you can see while you work. Grading checks more."""

import pytest
import torch

from grader.testing import assert_close


@pytest.mark.points(1)
def test_by_hand(student):
    """The example from the statement: two steps with momentum."""
    parameter, grad, velocity = torch.tensor([1.0, -2.0]), torch.tensor([0.5, 1.0]), torch.zeros(2)

    student.sgd_step([parameter], [grad], [velocity], lr=0.1, momentum=0.9)
    assert_close(parameter, torch.tensor([0.95, -2.1]), what="the parameter after step 1")
    assert_close(velocity, torch.tensor([0.5, 1.0]), what="the velocity after step 1")

    student.sgd_step([parameter], [grad], [velocity], lr=0.1, momentum=0.9)
    assert_close(parameter, torch.tensor([0.855, -2.29]), what="the parameter after step 2")
    assert_close(velocity, torch.tensor([0.95, 1.9]), what="the velocity after step 2")


@pytest.mark.points(1)
def test_weight_decay(student):
    """The example from the statement: one step with weight decay."""
    parameter = torch.tensor([1.0, -2.0])

    student.sgd_step([parameter], [torch.tensor([0.5, 1.0])], [torch.zeros(2)], lr=0.1, weight_decay=0.2)

    assert_close(parameter, torch.tensor([0.93, -2.06]), what="the parameter")


@pytest.mark.points(1)
def test_without_gradient(student):
    """A parameter without a gradient stays, the one after it moves."""
    params, velocities = [torch.tensor([3.0]), torch.tensor([1.0, 1.0])], [torch.tensor([5.0]), torch.zeros(2)]

    student.sgd_step(params, [None, torch.tensor([1.0, -1.0])], velocities, lr=0.5, momentum=0.9)

    assert_close(params, [torch.tensor([3.0]), torch.tensor([0.5, 1.5])], what="`params`")
    assert_close(velocities[0], torch.tensor([5.0]), what="the velocity of the first parameter")
