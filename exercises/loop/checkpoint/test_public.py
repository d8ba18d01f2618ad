"""Public suite for ``loop/checkpoint``: what you can see while you work. Grading checks more.

``probes.py`` beside this file trains the networks that your functions save and load.
"""

import pytest
import torch

from grader.testing import assert_close

EXAMPLE = {
    "layers": [(torch.ones(1, 1, dtype=torch.float64), None)],  # y = w x with w = 1
    "input": torch.ones(1, 1, dtype=torch.float64),
    "target": torch.zeros(1, 1, dtype=torch.float64),
    "lr": 0.25,
    "momentum": 0.5,
}


@pytest.mark.points(1)
def test_by_hand(student):
    """The example from the statement: interrupted after two of three epochs."""
    run = student.run("resumed", epochs=3, stop=2, **EXAMPLE)

    assert_close(run["parameters"], [torch.tensor([[-0.25]], dtype=torch.float64)], what="the list of parameters")


@pytest.mark.points(1)
def test_epoch(student):
    """Loading says how many epochs are finished."""
    assert_close(student.run("resumed", epochs=5, stop=3, **EXAMPLE)["epoch"], 3, what="what load_checkpoint returns")


@pytest.mark.points(1)
def test_back(student):
    """The example from the statement: back to the end of the first epoch, after two more."""
    run = student.run("went_on", stop=1, more=2, **EXAMPLE)

    assert_close(run["parameters"], [torch.tensor([[0.5]], dtype=torch.float64)], what="the list of parameters")
