"""Public suite for ``autograd/custom_function``: what you can see while you work. Grading checks more."""

import math

import pytest
import torch

from grader.testing import assert_close, expect


@pytest.mark.points(1)
def test_swish_by_hand(student):
    """The example from the statement: Swish at 0."""
    arguments, cotangent = (torch.tensor([0.0, 0.0]), torch.tensor(3.0)), torch.tensor([1.0, -4.0])

    output = student.run("forward", "Swish", arguments)
    found = student.run("gradients", "Swish", arguments, (0, 1), cotangent)

    assert_close(output, torch.tensor([0.0, 0.0]))
    expect(found["function"], "Swish should be a torch.autograd.Function.")
    assert_close(found["grads"][0], [torch.tensor([0.5, -2.0]), torch.tensor(0.0)], what="the gradients")


@pytest.mark.points(1)
def test_sign_by_hand(student):
    """The example from the statement: Sign and its straight-through gradient."""
    input, cotangent = torch.tensor([-2.0, -0.5, 0.0, 3.0]), torch.tensor([1.0, 2.0, 3.0, 4.0])

    output = student.run("forward", "Sign", (input,))
    found = student.run("gradients", "Sign", (input,), (0,), cotangent)

    assert_close(output, torch.tensor([-1.0, -1.0, 1.0, 1.0]))
    assert_close(found["grads"][0][0], torch.tensor([0.0, 2.0, 3.0, 0.0]), what="the gradient")


@pytest.mark.points(1)
def test_cross_entropy_by_hand(student):
    """The example from the statement: cross-entropy, with an upstream gradient of 2."""
    arguments = torch.tensor([[0.0, 0.0], [math.log(3), 0.0]]), torch.tensor([1, 0])

    output = student.run("forward", "CrossEntropy", arguments)
    found = student.run("gradients", "CrossEntropy", arguments, (0,), torch.tensor(2.0))

    assert_close(output, torch.tensor((math.log(2) + math.log(4 / 3)) / 2))
    assert_close(found["grads"][0][0], torch.tensor([[0.5, -0.5], [-0.25, 0.25]]), what="the gradient")
