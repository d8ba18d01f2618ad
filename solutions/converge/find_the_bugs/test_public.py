"""Public suite for ``converge/find_the_bugs``: what you can see while you work. Grading checks more.

``probes.py`` beside this file builds the model and the optimizer that your function is called with, and writes down
what it does with them: run ``watch`` yourself.
"""

import pytest
import torch

from grader.testing import assert_close

ZEROS = [(torch.zeros(2, 1, dtype=torch.float64), None)]
DATA = (torch.tensor([[1.0], [3.0]], dtype=torch.float64), torch.tensor([1, 2]))


@pytest.mark.points(1)
def test_weights_by_hand(student):
    """The weights in the example from the statement, after one epoch."""
    report = student.run("watch", ZEROS, DATA, DATA, epochs=1, batch_size=2, seed=0, lr=1.0)

    assert_close(report["state"], [torch.tensor([[-0.5], [0.5]], dtype=torch.float64)], what="the list of weights")


@pytest.mark.points(1)
def test_history_by_hand(student):
    """The losses in the example from the statement."""
    report = student.run("watch", ZEROS, DATA, DATA, epochs=2, batch_size=2, seed=0, lr=1.0, gamma=0.5)

    right = [(0.6931471806, 0.6809245195), (0.6809245195, 0.6103175156)]
    assert_close(report["history"], right, rtol=1e-8, what="the list of losses")
