"""Public suite for ``optimizer/clip_grad``: what you can see while you work. Grading checks more.

``probes.py`` shows how your function is called.
"""

import math

import pytest
import torch

from grader.testing import assert_close

GRADS = [torch.tensor([3.0, 0.0]), torch.tensor([-4.0])]


@pytest.mark.points(1)
@pytest.mark.parametrize(
    ("options", "norm", "right"),
    [
        ({"max_norm": 1.0}, 5.0, [[0.6, 0.0], [-0.8]]),
        ({"max_norm": 6.0}, 5.0, [[3.0, 0.0], [-4.0]]),
        ({"max_norm": 2.0, "norm_type": math.inf}, 4.0, [[1.5, 0.0], [-2.0]]),
    ],
)
def test_by_hand(student, options, norm, right):
    """The example from the statement."""
    clipped = student.run("clip", GRADS, **options)

    assert_close(clipped["norm"], torch.tensor(norm), what="the norm")
    assert_close(clipped["grads"], [torch.tensor(grad) for grad in right], what="the list of gradients")


@pytest.mark.points(1)
def test_generator(student):
    """The parameters come from a generator, as from `model.parameters()`."""
    clipped = student.run("clip", GRADS, 1.0, as_generator=True)

    assert_close(clipped["norm"], torch.tensor(5.0), what="the norm")
    assert_close(clipped["grads"], [torch.tensor([0.6, 0.0]), torch.tensor([-0.8])], what="the list of gradients")


@pytest.mark.points(1)
def test_without_gradient(student):
    """A parameter without a gradient does not count."""
    clipped = student.run("clip", [None, *GRADS], 1.0)

    assert_close(clipped["norm"], torch.tensor(5.0), what="the norm")
    assert_close(clipped["grads"], [None, torch.tensor([0.6, 0.0]), torch.tensor([-0.8])], what="the list of gradients")


@pytest.mark.points(1)
def test_value(student):
    """The example from the statement: by value."""
    clipped = student.run("clip_value", GRADS, 2.0)

    assert_close(clipped["grads"], [torch.tensor([2.0, 0.0]), torch.tensor([-2.0])], what="the list of gradients")
