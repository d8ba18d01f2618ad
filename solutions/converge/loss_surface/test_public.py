"""Public suite for ``converge/loss_surface``: what you can see while you work. Grading checks more.

``probes.py`` beside this file has the losses that your function is called with.
"""

import pytest
import torch

from grader.testing import assert_close

CENTER = [torch.tensor([1.0]), torch.tensor(0.0)]
A, B = [torch.tensor([1.0]), torch.tensor(0.0)], [torch.tensor([1.0]), torch.tensor(2.0)]


@pytest.mark.points(1)
def test_filters_by_hand(student):
    """The directions in the example from the statement."""
    direction = [torch.tensor([[3.0, 4.0], [0.0, 2.0]]), torch.tensor([5.0, 6.0])]
    weights = [torch.tensor([[0.0, 10.0], [1.0, 0.0]]), torch.tensor([7.0, 8.0])]

    right = [torch.tensor([[6.0, 8.0], [0.0, 1.0]]), torch.zeros(2)]
    assert_close(student.filter_normalized(direction, weights), right, what="the list of directions")


@pytest.mark.points(1)
def test_grid_by_hand(student):
    """The losses in the example from the statement."""
    grid = student.run("surface", CENTER, A, B, torch.tensor([0.0, 1.0]), torch.tensor([-1.0, 0.0, 2.0]))["grid"]

    assert_close(grid, torch.tensor([[4.0, 0.0, 16.0], [2.0, 2.0, 26.0]]), what="the grid")


@pytest.mark.points(1)
def test_project_by_hand(student):
    """The coordinates in the example from the statement."""
    path = [[torch.tensor([5.0]), torch.tensor(4.0)], CENTER]

    assert_close(student.project(path, CENTER, A, B), torch.tensor([[2.0, 2.0], [0.0, 0.0]]), what="the path")
