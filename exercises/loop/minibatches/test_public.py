"""Public suite for ``loop/minibatches``: what you can see while you work. Grading checks more.

``probes.py`` beside this file calls your function and lists the batches.
"""

import pytest
import torch

from grader.testing import assert_close, expect

INPUT, TARGET = torch.tensor([10.0, 20.0, 30.0, 40.0, 50.0]), torch.tensor([1, 2, 3, 4, 5])
BATCHES = [
    (torch.tensor([10.0, 20.0]), torch.tensor([1, 2])),
    (torch.tensor([30.0, 40.0]), torch.tensor([3, 4])),
    (torch.tensor([50.0]), torch.tensor([5])),
]


@pytest.mark.points(1)
def test_by_hand(student):
    """The example from the statement, not shuffled."""
    (batches,) = student.run("epochs", INPUT, TARGET, 1, batch_size=2)["epochs"]

    assert_close(batches, BATCHES, what="the list of batches")


@pytest.mark.points(1)
def test_drop_last(student):
    """The example from the statement, without the last batch."""
    (batches,) = student.run("epochs", INPUT, TARGET, 1, batch_size=2, drop_last=True)["epochs"]

    assert_close(batches, BATCHES[:2], what="the list of batches")


@pytest.mark.points(1)
def test_shuffled(student):
    """Shuffled, every sample comes once, and with its own target."""
    (batches,) = student.run("epochs", INPUT, TARGET, 1, seed=3, batch_size=2, shuffle=True)["epochs"]

    expect([len(input) for input, _ in batches] == [2, 2, 1], "The batches must have the sizes 2, 2 and 1.")
    input, target = (torch.cat(parts) for parts in zip(*batches, strict=True))
    assert_close(input.sort().values, INPUT, what="all inputs of the epoch, sorted")
    assert_close(input / 10, target.float(), what="a tenth of the inputs")


@pytest.mark.points(1)
def test_new_order(student):
    """Three epochs with one generator do not all come in the same order."""
    orders = student.run("orders", samples=20, batch_size=8, count=3, seed=1).tolist()

    expect(orders[0] != orders[1] or orders[1] != orders[2], f"Every epoch had the order {orders[0]}.")
