"""Hidden suite for ``optimizer/schedule``: whole tables of rates, since a line and a cosine agree in three places.

Every piece of a schedule has a check of its own, so that a mistake in one does not cost the others. Six digits are
enough: who takes the cosine of a float32 tensor is not wrong.
"""

import pytest

from grader.testing import assert_close, expect

RTOL = 1e-6


@pytest.mark.points(2)
@pytest.mark.parametrize(
    ("lr", "step_size", "gamma"), [(0.4, 3, 0.5), (0.05, 1, 0.9), (2.0, 7, 0.3), (0.1, 5, 1.2), (0.3, 50, 0.5)]
)
def test_step(student, reference, lr, step_size, gamma):
    """Step decay: the rates of thirty steps."""
    settings = {"lr": lr, "step_size": step_size, "gamma": gamma}

    _assert_rates(student, reference, "step_lr", range(30), settings)


@pytest.mark.points(1)
@pytest.mark.parametrize(("lr", "step_size"), [(0.4, 4), (3.0, 11)])
def test_step_default(student, reference, lr, step_size):
    """Step decay without a gamma: it is 0.1 then."""
    _assert_rates(student, reference, "step_lr", range(3, 25), {"lr": lr, "step_size": step_size})


@pytest.mark.points(2)
@pytest.mark.parametrize(("lr", "gamma"), [(0.4, 0.5), (0.07, 0.95), (3.0, 0.2), (1e-3, 1.1)])
def test_exponential(student, reference, lr, gamma):
    """Exponential decay: the rates of twenty steps."""
    _assert_rates(student, reference, "exponential_lr", range(20), {"lr": lr, "gamma": gamma})


@pytest.mark.points(1)
def test_late_steps(student, reference):
    """Both decays at steps of many thousands."""
    steps = [999, 4000, 50_000]

    _assert_rates(student, reference, "step_lr", steps, {"lr": 0.5, "step_size": 3, "gamma": 0.9998})
    _assert_rates(student, reference, "exponential_lr", steps, {"lr": 0.2, "gamma": 0.9999})


@pytest.mark.points(2)
@pytest.mark.parametrize(("lr", "warmup", "total", "low"), [(0.3, 7, 30, 0.0), (2.0, 13, 20, 0.5), (0.01, 3, 9, 0.002)])
def test_warmup(student, reference, lr, warmup, total, low):
    """The way up, to its last step but one."""
    _assert_rates(student, reference, "warmup_cosine_lr", range(warmup), _settings(lr, warmup, total, low))


@pytest.mark.points(3)
@pytest.mark.parametrize(
    ("lr", "warmup", "total", "low"), [(0.3, 7, 30, 0.0), (2.0, 5, 22, 0.5), (0.01, 1, 9, 0.002), (0.2, 3, 7, 0.2)]
)
def test_cosine(student, reference, lr, warmup, total, low):
    """The way down, from the largest rate to the last but one."""
    _assert_rates(student, reference, "warmup_cosine_lr", range(warmup, total), _settings(lr, warmup, total, low))


@pytest.mark.points(1)
@pytest.mark.parametrize(("lr", "warmup", "total"), [(0.3, 7, 12), (2.0, 4, 18)])
def test_lowest_is_zero(student, reference, lr, warmup, total):
    """Without `min_lr` the way down leads to 0."""
    settings = {"lr": lr, "warmup_steps": warmup, "total_steps": total}

    _assert_rates(student, reference, "warmup_cosine_lr", range(warmup, total), settings)


@pytest.mark.points(1)
@pytest.mark.parametrize(("lr", "warmup", "total", "low"), [(0.3, 7, 30, 0.1), (2.0, 5, 22, 0.5), (0.4, 2, 9, 0.004)])
def test_after_the_end(student, reference, lr, warmup, total, low):
    """At the end and long after it the rate is `min_lr`: it does not rise again."""
    steps = [total + more for more in (0, 1, 2, 5, 17, 23, 1000, 10**6)]

    _assert_rates(student, reference, "warmup_cosine_lr", steps, _settings(lr, warmup, total, low))


@pytest.mark.points(1)
@pytest.mark.parametrize(("lr", "total", "low"), [(0.3, 11, 0.1), (2.0, 6, 0.0)])
def test_no_warmup(student, reference, lr, total, low):
    """With `warmup_steps` of 0 the rate starts at `lr` and falls from there."""
    _assert_rates(student, reference, "warmup_cosine_lr", range(total), _settings(lr, 0, total, low))


@pytest.mark.points(1)
@pytest.mark.parametrize(("lr", "steps", "low"), [(0.3, 5, 0.1), (2.0, 1, 0.25), (0.7, 0, 0.2)])
def test_no_way_down(student, reference, lr, steps, low):
    """With `total_steps` equal to `warmup_steps` the rate is `min_lr` from there on, and rises as ever before."""
    _assert_rates(student, reference, "warmup_cosine_lr", range(steps, steps + 4), _settings(lr, steps, steps, low))

    up, usual = (  # not the reference's: how it rises is asked elsewhere
        student.run("rates", "warmup_cosine_lr", list(range(steps)), **_settings(lr, steps, total, low))["rates"]
        for total in (steps, steps + 9)
    )
    assert_close(up, usual, rtol=RTOL, what="the way up to a `total_steps` equal to `warmup_steps`: the list of rates")


@pytest.mark.points(1)
def test_any_order(student, reference, randint):
    """A function of the step: asked for steps in any order, some of them twice, it gives the same rates, as floats."""
    steps = [int(step) for step in randint(0, 28, 15)]
    steps += steps[:6]

    for name, settings in (
        ("step_lr", {"lr": 0.5, "step_size": 4, "gamma": 0.8}),
        ("exponential_lr", {"lr": 0.6, "gamma": 0.9}),
        ("warmup_cosine_lr", _settings(0.7, 6, 24, 0.05)),
    ):
        floats = _assert_rates(student, reference, name, steps, settings)
        expect(floats, f"{name} returns something else than a float; a tensor has the method `item()`.")


def _settings(lr, warmup, total, low):
    return {"lr": lr, "warmup_steps": warmup, "total_steps": total, "min_lr": low}


def _assert_rates(student, reference, name, steps, settings):
    """The student's rates are right; returns whether they are floats."""
    steps = list(steps)

    mine = student.run("rates", name, steps, **settings)
    theirs = reference.run("rates", name, steps, **settings)

    small = 0.3 * RTOL * settings["lr"] if name == "warmup_cosine_lr" else 0.0  # what float32 leaves of a cosine's end
    assert_close(mine["rates"], theirs["rates"], rtol=RTOL, atol=small, what=f"the list of rates of {name}")
    return mine["floats"]
