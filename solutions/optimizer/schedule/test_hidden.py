"""Hidden suite for ``optimizer/schedule``: whole tables of rates, since a line and a cosine agree in three places.

Every piece of a schedule has a check of its own, so that a mistake in one does not cost the others.
"""

import pytest

from grader.testing import assert_close


@pytest.mark.points(2)
@pytest.mark.parametrize(
    ("lr", "step_size", "gamma"), [(0.4, 3, 0.5), (0.05, 1, 0.9), (2.0, 7, 0.3), (0.1, 5, 1.2), (0.3, 50, 0.5)]
)
def test_step(student, reference, lr, step_size, gamma):
    """Step decay: the rates of thirty steps."""
    rates = [student.step_lr(step, lr, step_size, gamma) for step in range(30)]

    assert_close(rates, [reference.step_lr(step, lr, step_size, gamma) for step in range(30)], what="the list of rates")


@pytest.mark.points(1)
@pytest.mark.parametrize(("lr", "step_size"), [(0.4, 4), (3.0, 11)])
def test_step_default(student, reference, lr, step_size):
    """Step decay without a gamma: it is 0.1 then."""
    steps = (0, 3, 4, 10, 11, 21, 22, 30)
    rates = [student.step_lr(step, lr, step_size) for step in steps]

    assert_close(rates, [reference.step_lr(step, lr, step_size) for step in steps], what="the list of rates")


@pytest.mark.points(2)
@pytest.mark.parametrize(("lr", "gamma"), [(0.4, 0.5), (0.07, 0.95), (3.0, 0.2), (1e-3, 1.1)])
def test_exponential(student, reference, lr, gamma):
    """Exponential decay: the rates of twenty steps."""
    rates = [student.exponential_lr(step, lr, gamma) for step in range(20)]

    assert_close(rates, [reference.exponential_lr(step, lr, gamma) for step in range(20)], what="the list of rates")


@pytest.mark.points(2)
@pytest.mark.parametrize(("lr", "warmup", "total", "low"), [(0.3, 7, 30, 0.0), (2.0, 13, 20, 0.5), (0.01, 1, 9, 0.002)])
def test_warmup(student, reference, lr, warmup, total, low):
    """The way up, to its last step but one."""
    rates = [student.warmup_cosine_lr(step, lr, warmup, total, low) for step in range(warmup)]

    assert_close(
        rates, [reference.warmup_cosine_lr(step, lr, warmup, total, low) for step in range(warmup)],
        what="the list of rates",
    )  # fmt: skip


@pytest.mark.points(3)
@pytest.mark.parametrize(
    ("lr", "warmup", "total", "low"), [(0.3, 7, 30, 0.0), (2.0, 5, 22, 0.5), (0.01, 1, 9, 0.002), (0.2, 3, 7, 0.2)]
)
def test_cosine(student, reference, lr, warmup, total, low):
    """The way down, from the largest rate to the last but one."""
    steps = range(warmup, total)
    rates = [student.warmup_cosine_lr(step, lr, warmup, total, low) for step in steps]

    right = [reference.warmup_cosine_lr(step, lr, warmup, total, low) for step in steps]
    assert_close(rates, right, what="the list of rates")


@pytest.mark.points(1)
@pytest.mark.parametrize(("lr", "warmup", "total"), [(0.3, 7, 12), (2.0, 4, 18)])
def test_lowest_is_zero(student, reference, lr, warmup, total):
    """Without `min_lr` the way down ends at 0."""
    rates = [student.warmup_cosine_lr(step, lr, warmup, total) for step in range(warmup, total)]

    right = [reference.warmup_cosine_lr(step, lr, warmup, total) for step in range(warmup, total)]
    assert_close(rates, right, what="the list of rates")


@pytest.mark.points(1)
@pytest.mark.parametrize(("lr", "warmup", "total", "low"), [(0.3, 7, 30, 0.1), (2.0, 5, 22, 0.5), (0.4, 2, 9, 0.004)])
def test_after_the_end(student, lr, warmup, total, low):
    """At the end and long after it the rate is `min_lr`: it does not rise again."""
    rates = [student.warmup_cosine_lr(total + more, lr, warmup, total, low) for more in (0, 1, 2, 5, 17, 23, 1000)]

    assert_close(rates, [low] * 7, what="the list of rates")


@pytest.mark.points(1)
@pytest.mark.parametrize(("lr", "total", "low"), [(0.3, 11, 0.1), (2.0, 6, 0.0)])
def test_no_warmup(student, reference, lr, total, low):
    """With `warmup_steps` of 0 the rate starts at `lr` and falls from there."""
    rates = [student.warmup_cosine_lr(step, lr, 0, total, low) for step in range(total)]

    right = [reference.warmup_cosine_lr(step, lr, 0, total, low) for step in range(total)]
    assert_close(rates, right, what="the list of rates")


@pytest.mark.points(1)
@pytest.mark.parametrize(("lr", "steps", "low"), [(0.3, 5, 0.1), (2.0, 1, 0.25), (0.7, 0, 0.2)])
def test_no_way_down(student, lr, steps, low):
    """With `total_steps` equal to `warmup_steps` the rate is `min_lr` from there on."""
    rates = [student.warmup_cosine_lr(steps + more, lr, steps, steps, low) for more in range(4)]

    assert_close(rates, [low] * 4, what="the list of rates")


@pytest.mark.points(1)
def test_any_order(student, reference, randint):
    """A function of the step: asked for steps in any order, and for some of them twice, it gives the same rates."""
    steps = [int(step) for step in randint(1, 28, 15)]
    steps += steps[:6]

    for name, settings in (
        ("step_lr", {"lr": 0.5, "step_size": 4, "gamma": 0.8}),
        ("exponential_lr", {"lr": 0.6, "gamma": 0.9}),
        ("warmup_cosine_lr", {"lr": 0.7, "warmup_steps": 6, "total_steps": 24, "min_lr": 0.05}),
    ):
        mine, theirs = ([getattr(who, name)(step, **settings) for step in steps] for who in (student, reference))
        assert_close(mine, theirs, what=f"the list of rates of {name}")
