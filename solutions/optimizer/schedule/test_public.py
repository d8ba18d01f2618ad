"""Public suite for ``optimizer/schedule``: what you can see while you work. Grading checks more."""

import pytest

from grader.testing import assert_close


@pytest.mark.points(1)
def test_step(student):
    """The example from the statement: step decay."""
    rates = [student.step_lr(step, lr=0.8, step_size=3, gamma=0.5) for step in range(7)]

    assert_close(rates, [0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.2], what="the list of rates")


@pytest.mark.points(1)
def test_exponential(student):
    """The example from the statement: exponential decay."""
    rates = [student.exponential_lr(step, lr=0.8, gamma=0.5) for step in range(7)]

    assert_close(rates, [0.8, 0.4, 0.2, 0.1, 0.05, 0.025, 0.0125], what="the list of rates")


@pytest.mark.points(1)
def test_warmup_cosine(student):
    """The example from the statement: warmup and cosine."""
    settings = {"lr": 0.7, "warmup_steps": 4, "total_steps": 10, "min_lr": 0.1}

    rates = [student.warmup_cosine_lr(step, **settings) for step in (0, 1, 2, 3, 4, 6, 7, 8, 10, 11)]

    assert_close(rates, [0.0, 0.175, 0.35, 0.525, 0.7, 0.55, 0.4, 0.25, 0.1, 0.1], what="the list of rates")
