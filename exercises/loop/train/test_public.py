"""Public suite for ``loop/train``: what you can see while you work. Grading checks more.

``probes.py`` beside this file builds the networks and the optimizers that your function is called with.
"""

import pytest
import torch

from grader.testing import assert_close, expect

SLOPE = [(torch.zeros(1, 1, dtype=torch.float64), None)]  # y = w x with w = 0
BATCHES = [
    (torch.tensor([[1.0], [2.0]], dtype=torch.float64), torch.tensor([[1.0], [2.0]], dtype=torch.float64)),
    (torch.tensor([[2.0]], dtype=torch.float64), torch.tensor([[3.0]], dtype=torch.float64)),
]


@pytest.mark.points(1)
def test_weight_by_hand(student):
    """The weight in the example from the statement."""
    trained = student.run("train", SLOPE, BATCHES, 2, loss="mse_loss", lr=0.1)

    assert_close(trained["weights"], [torch.tensor([[1.43]], dtype=torch.float64)], what="the weight")


@pytest.mark.points(1)
def test_losses_by_hand(student):
    """The loss of each epoch in the example from the statement."""
    trained = student.run("train", SLOPE, BATCHES, 2, loss="mse_loss", lr=0.1)

    assert_close(trained["losses"], [3.0, 0.94 / 3], what="the list of losses")


@pytest.mark.points(1)
def test_call_order(student):
    """For every batch: forward pass, loss, backward pass, step."""
    report = student.run("spy", SLOPE, BATCHES, epochs=2)

    events = [event for event in report["events"] if event != "zero_grad"]
    expect(events == ["forward", "loss", "backward", "step"] * 4, f"The calls came in this order: {', '.join(events)}.")
    expect(all(report["clear"]), "When a backward pass began, the parameters still held older gradients.")


@pytest.mark.points(1)
def test_training_mode(student):
    """The model is in training mode during every forward pass."""
    report = student.run("spy", SLOPE, BATCHES, epochs=2)

    expect(report["training"] == [True] * 4, f"Training mode in each forward pass: {report['training']}.")
