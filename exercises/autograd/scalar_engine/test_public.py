"""Public suite for ``autograd/scalar_engine``: what you can see while you work. Grading checks more."""

import math

import pytest

from grader.testing import assert_close


@pytest.mark.points(1)
def test_by_hand(student):
    """The example from the statement."""
    steps = [("mul", 0, 1), ("add", 2, 0), ("mul", 2, 3)]  # c = a * b, d = c + a, y = c * d

    found = student.run("differentiate", [2.0, -3.0], steps, [4])

    assert_close(found["data"], [2.0, -3.0, -6.0, -4.0, 24.0], what="`data` of a, b, c, d, y")
    assert_close(found["grads"], [24.0, -20.0, -10.0, -6.0, 1.0], what="`grad` of a, b, c, d, y")


@pytest.mark.points(1)
def test_used_twice(student):
    """A value that is used twice gets a gradient from both sides: a + a, and a * a."""
    twice = student.run("differentiate", [3.0], [("add", 0, 0)], [1])
    square = student.run("differentiate", [3.0], [("mul", 0, 0)], [1])

    assert_close(twice["grads"], [2.0, 1.0], what="`grad` of a and a + a")
    assert_close(square["grads"], [6.0, 1.0], what="`grad` of a and a * a")


@pytest.mark.points(1)
def test_functions(student):
    """The derivatives of some functions."""
    functions = [
        (("pow", 0, 3), 2.0, 12.0),
        (("exp", 0), 1.0, math.e),
        (("log", 0), 4.0, 0.25),
        (("tanh", 0), 0.5 * math.log(3), 0.75),  # whose tanh is 1/2
        (("relu", 0), -2.0, 0.0),
    ]
    for step, x, derivative in functions:
        found = student.run("differentiate", [x], [step], [1])

        assert_close(found["grads"][0], derivative, what=f"the derivative of {step[0]}")
