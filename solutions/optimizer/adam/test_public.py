"""Public suite for ``optimizer/adam``: what you can see while you work. Grading checks more."""

import pytest
import torch

from grader.testing import assert_close

BY_HAND = {"lr": 0.1, "betas": (0.5, 0.75), "eps": 0.5}


@pytest.mark.points(1)
def test_by_hand(student):
    """The example from the statement: two steps without weight decay."""
    params, exp_avgs, exp_avg_sqs, steps = [torch.tensor([1.0])], [torch.zeros(1)], [torch.zeros(1)], [0]

    student.adam_step(params, [torch.tensor([2.0])], exp_avgs, exp_avg_sqs, steps, **BY_HAND)
    assert_close(params[0], torch.tensor([0.92]), what="the parameter after step 1")

    student.adam_step(params, [torch.tensor([5.0])], exp_avgs, exp_avg_sqs, steps, **BY_HAND)
    assert_close(params[0], torch.tensor([0.92 - 0.4 / 4.5]), what="the parameter after step 2")
    assert_close(exp_avgs[0], torch.tensor([3.0]), what="the first moment after step 2")
    assert_close(exp_avg_sqs[0], torch.tensor([7.0]), what="the second moment after step 2")
    assert_close(steps, [2], what="`steps`")


@pytest.mark.points(1)
@pytest.mark.parametrize(("decoupled", "right"), [(True, 0.87), (False, 1 - 0.25 / 3)])
def test_weight_decay(student, decoupled, right):
    """The example from the statement: a first step with each kind of weight decay."""
    parameter = torch.tensor([1.0])

    student.adam_step(
        [parameter], [torch.tensor([2.0])], [torch.zeros(1)], [torch.zeros(1)], [0], **BY_HAND,
        weight_decay=0.5, decoupled=decoupled,
    )  # fmt: skip

    assert_close(parameter, torch.tensor([right]), what="the parameter")


@pytest.mark.points(1)
def test_without_gradient(student):
    """A parameter without a gradient stays, and its count; the one after it moves."""
    params, steps = [torch.tensor([3.0]), torch.tensor([1.0, 1.0])], [4, 0]
    exp_avgs = [torch.tensor([5.0]), torch.zeros(2)]
    exp_avg_sqs = [torch.tensor([6.0]), torch.zeros(2)]

    student.adam_step(params, [None, torch.tensor([2.0, -2.0])], exp_avgs, exp_avg_sqs, steps, **BY_HAND)

    assert_close(params, [torch.tensor([3.0]), torch.tensor([0.92, 1.08])], what="`params`")
    assert_close(exp_avgs[0], torch.tensor([5.0]), what="the first moment of the first parameter")
    assert_close(steps, [4, 1], what="`steps`")
