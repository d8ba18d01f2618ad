"""Hidden suite for ``loop/train``.

What a probe reports from the far side guides the student; points rest on the weights and losses that come back, which
are compared here. Checks of the weights do not look at the losses, nor the other way round.
"""

from itertools import pairwise

import pytest
import torch

from grader.testing import assert_close, assert_converges, assert_trajectory, expect

EVEN, UNEVEN = (6, 6, 6), (9, 4, 1)
FLOAT64 = torch.float64


def network(randn, inputs, hidden, outputs):
    """Linear layers with biases, drawn so that no two parameters begin alike."""
    return [
        (randn(hidden, inputs, dtype=FLOAT64) / inputs**0.5, randn(hidden, dtype=FLOAT64) * 0.1),
        (randn(outputs, hidden, dtype=FLOAT64) / hidden**0.5, randn(outputs, dtype=FLOAT64) * 0.1),
    ]


def classes(randn, randint, sizes, inputs=3, outputs=4):
    """Batches of these sizes for a classifier."""
    return [(randn(n, inputs, dtype=FLOAT64), randint(0, outputs, n)) for n in sizes]


def values(randn, sizes, inputs=3, outputs=2):
    """Batches of these sizes for a regression."""
    return [(randn(n, inputs, dtype=FLOAT64), randn(n, outputs, dtype=FLOAT64)) for n in sizes]


def numbers(losses):
    """The losses with tensors read as numbers: that they are no floats costs points in one check only."""
    if not isinstance(losses, list):
        return losses
    return [x.item() if isinstance(x, torch.Tensor) and x.numel() == 1 else x for x in losses]


@pytest.mark.points(3)
@pytest.mark.parametrize(("lr", "momentum"), [(0.1, 0.0), (0.05, 0.9), (2.0, 0.8)])  # the last one rises at times
def test_trajectory(student, reference, randn, randint, lr, momentum):
    """After 1, 2, ... 6 epochs the parameters are where the five steps lead."""
    layers, batches = network(randn, 3, 5, 4), classes(randn, randint, UNEVEN)

    def weights(who, epochs):
        options = {"loss": "cross_entropy", "lr": lr, "momentum": momentum}
        return who.run("train", layers, batches, epochs, **options)["weights"]

    mine = [weights(student, epochs) for epochs in range(1, 7)]
    theirs = [weights(reference, epochs) for epochs in range(1, 7)]

    assert_trajectory(mine, theirs, what="the model", unit="epoch")


@pytest.mark.points(2)
@pytest.mark.parametrize("epochs", [1, 4])
def test_losses(student, reference, randn, randint, epochs):
    """The loss of every epoch, with batches of one size."""
    arguments = (network(randn, 3, 5, 4), classes(randn, randint, EVEN), epochs)
    options = {"loss": "cross_entropy", "lr": 0.2}

    mine, theirs = (who.run("train", *arguments, **options)["losses"] for who in (student, reference))

    assert_close(numbers(mine), theirs, what="the list of losses")


@pytest.mark.points(2)
@pytest.mark.parametrize("sizes", [UNEVEN, (2, 11)])
def test_uneven_batches(student, reference, randn, sizes):
    """With batches of different sizes every sample counts the same in the loss of an epoch."""
    arguments = (network(randn, 3, 5, 2), values(randn, sizes), 3)
    options = {"loss": "mse_loss", "lr": 0.05}

    mine, theirs = (who.run("train", *arguments, **options)["losses"] for who in (student, reference))

    assert_close(numbers(mine), theirs, what="the list of losses")


@pytest.mark.points(1)
def test_floats(student, reference, randn, randint):
    """The losses are a list of Python floats, without tensors in it."""
    # One batch an epoch: its loss is the epoch's, however batches are weighted.
    arguments = (network(randn, 3, 5, 4), classes(randn, randint, (7,)), 2)
    options = {"loss": "cross_entropy", "lr": 0.2}

    mine, theirs = (who.run("train", *arguments, **options)["losses"] for who in (student, reference))

    expect(type(mine) is list, "The function must return a list.")
    expect(all(type(loss) is float for loss in mine), "Every loss in the list must be a Python float: see `.item()`.")
    assert_close(mine, theirs, what="the list of losses")


@pytest.mark.points(1)
@pytest.mark.parametrize("optimizer", ["Adam", "RMSprop"])
def test_other_optimizers(student, reference, randn, optimizer):
    """Another loss function and another optimizer work as well."""
    arguments = (network(randn, 3, 4, 2), values(randn, UNEVEN), 4)
    options = {"loss": "mse_loss", "optimizer": optimizer, "lr": 0.02}

    mine, theirs = (who.run("train", *arguments, **options)["weights"] for who in (student, reference))

    assert_close(mine, theirs, what="parameter")


@pytest.mark.points(1)
def test_old_gradients(student, reference, randn):
    """Gradients that the parameters held before training have no influence."""
    layers = network(randn, 3, 4, 2)
    gradients = [randn(*parameter.shape, dtype=FLOAT64) for layer in layers for parameter in layer]
    arguments = (layers, values(randn, EVEN), 2)
    options = {"loss": "mse_loss", "lr": 0.1, "gradients": gradients}

    mine, theirs = (who.run("train", *arguments, **options)["weights"] for who in (student, reference))

    assert_close(mine, theirs, what="parameter")


@pytest.mark.points(1)
def test_training_mode(student, reference, randn):
    """The model is in training mode: batch normalization uses the batch."""
    arguments = (network(randn, 3, 4, 2), values(randn, (7, 5)), 3)
    options = {"loss": "mse_loss", "lr": 0.1, "norm": True}

    report = student.run("spy", *arguments)
    expect(all(report["training"]), "The model was in evaluation mode during a forward pass.")
    mine, theirs = (who.run("train", *arguments, **options)["weights"] for who in (student, reference))

    assert_close(mine, theirs, what="parameter")


@pytest.mark.points(1)
def test_call_order(student, reference, randn):
    """For every batch: forward pass, loss, backward pass, step, once each and in this order."""
    epochs = 3
    arguments = (network(randn, 3, 4, 2), values(randn, UNEVEN), epochs)
    report, theirs = (who.run("spy", *arguments) for who in (student, reference))

    calls = [event for event in report["events"] if event != "zero_grad"]
    expect(
        calls == ["forward", "loss", "backward", "step"] * len(UNEVEN) * epochs,
        "For every batch there must be one forward pass, one loss, one backward pass and one step, in this order.",
    )
    expect(all(report["clear"]), "When a backward pass began, the parameters still held older gradients.")
    expect(
        ("backward", "zero_grad") not in pairwise(report["events"]),
        "Gradients were cleared between the backward pass and the step, which then had nothing to use.",
    )
    # A diary can be made up; the weights where these steps lead cannot.
    assert_close(report["weights"], theirs["weights"], what="after the calls in this order, parameter")


def final_loss(who, seed):
    """The loss of one training run on three clouds of points, over samples that training never saw."""
    generator = torch.Generator().manual_seed(seed)
    centres = 2 * torch.eye(4, dtype=FLOAT64)[:3]

    def randn(*shape, dtype=FLOAT64):
        return torch.randn(shape, generator=generator, dtype=dtype)

    def sample(count):
        target = torch.randint(0, 3, (count,), generator=generator)
        return centres[target] + 0.5 * randn(count, 4), target

    layers, batches = network(randn, 4, 6, 3), [sample(16) for _ in range(5)] + [sample(7)]
    w1, b1, w2, b2 = who.run("train", layers, batches, 15, loss="cross_entropy", lr=0.1, momentum=0.9)["weights"]
    input, target = sample(200)
    return torch.nn.functional.cross_entropy(torch.tanh(input @ w1.T + b1) @ w2.T + b2, target)


@pytest.mark.points(1)
def test_converges(student, reference, band):
    """Training arrives: the loss on samples that it never saw is small."""
    assert_converges(final_loss, student, band, beside=reference)
