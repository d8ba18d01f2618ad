"""Public suite for ``backward/mlp``: what you can see while you work. Grading checks more."""

import pytest
import torch

from grader.testing import assert_close

EXAMPLE = {
    "input": torch.tensor([[1.0], [2.0]]),
    "target": torch.tensor([0, 0]),
    "weight1": torch.tensor([[1.0], [-1.0]]),
    "bias1": torch.tensor([0.0, 1.5]),
    "weight2": torch.tensor([[1.0, 2.0], [0.0, 0.0]]),
    "bias2": torch.tensor([0.0, 2.0]),
}
RIGHT = {
    "logits": torch.tensor([[-0.25, 0.25], [-0.25, 0.25]]),
    "weight2": torch.tensor([[-0.75, -0.125], [0.75, 0.125]]),
    "bias2": torch.tensor([-0.5, 0.5]),
    "hidden": torch.tensor([[-0.25, -0.5], [-0.25, -0.5]]),
    "pre": torch.tensor([[-0.25, -0.5], [-0.25, 0.0]]),
    "weight1": torch.tensor([[-0.75], [-0.5]]),
    "bias1": torch.tensor([-0.5, -0.5]),
    "input": torch.tensor([[0.25], [-0.25]]),
}


@pytest.mark.points(1)
@pytest.mark.parametrize("names", [("logits", "weight2", "bias2"), ("hidden", "pre"), ("weight1", "bias1", "input")])
def test_by_hand(student, names):
    """The example from the statement, one step after the other."""
    found = student.mlp_backward(**EXAMPLE)

    for name in names:
        assert_close(found[name], RIGHT[name], what=f"the gradient of {name}")


@pytest.mark.points(1)
def test_penalty(student):
    """The example from the statement, with a weight_decay of 0.1."""
    found = student.mlp_backward(**EXAMPLE, weight_decay=0.1)

    for name in ("weight1", "weight2"):
        assert_close(found[name], RIGHT[name] + 0.1 * EXAMPLE[name], what=f"the gradient of {name}")
    for name in ("bias1", "bias2"):
        assert_close(found[name], RIGHT[name], what=f"the gradient of {name}")


@pytest.mark.points(1)
def test_like_autograd(student, randn, randint):
    """It finds what autograd finds for the parameters."""
    shapes = {"weight1": (5, 3), "bias1": (5,), "weight2": (4, 5), "bias2": (4,)}
    parameters = {name: randn(*shape, dtype=torch.float64).requires_grad_() for name, shape in shapes.items()}
    input, target = randn(6, 3, dtype=torch.float64), randint(0, 4, 6)
    w1, b1, w2, b2 = parameters.values()
    logits = torch.relu(input @ w1.T + b1) @ w2.T + b2
    loss = torch.nn.functional.cross_entropy(logits, target) + 0.3 / 2 * (w1.square().sum() + w2.square().sum())
    expected = dict(zip(parameters, torch.autograd.grad(loss, list(parameters.values())), strict=True))

    values = {name: parameter.detach() for name, parameter in parameters.items()}
    found = student.mlp_backward(input, target, **values, weight_decay=0.3)

    assert_close({name: found[name] for name in expected}, expected, what="the gradients")
