"""Hidden suite for ``converge/find_the_bugs``.

One check for each bug: it looks at what this bug changes and at nothing else, so that each one that is mended earns its
points, whatever is left. Two more compare the whole run, where every bug shows, and every line that was no bug.
"""

import pytest
import torch

from grader.testing import assert_close, expect

FLOAT64 = torch.float64
CLASSES, INPUTS, HIDDEN = 3, 4, 5
SAMPLES, BATCH, EPOCHS = 11, 4, 3  # batches of 4, 4 and 3
BATCHES = 3


def question(randn, randint, samples=SAMPLES):
    """A network, data and samples for validation. One output more than classes: classes that count from 1 run, too."""
    layers = [
        (randn(HIDDEN, INPUTS, dtype=FLOAT64) / 2, randn(HIDDEN, dtype=FLOAT64) / 5),
        (randn(CLASSES + 1, HIDDEN, dtype=FLOAT64), randn(CLASSES + 1, dtype=FLOAT64) / 5),
    ]
    data, valid = ((randn(count, INPUTS, dtype=FLOAT64), randint(1, CLASSES + 1, count)) for count in (samples, 6))
    return layers, data, valid


def steps_of(report, count):
    """What was written down at each step; ``count`` of them are needed for a verdict."""
    steps = report["steps"]
    words = "There must be one optimizer step for each batch of each epoch, after a forward pass and a loss."
    expect(len(steps) == count and all("given" in step and "input" in step for step in steps), words)
    return steps


@pytest.mark.points(2)
@pytest.mark.parametrize(("batch_size", "momentum"), [(BATCH, 0.9), (SAMPLES, 0.0)])
def test_gradients(student, randn, randint, seed, batch_size, momentum):
    """Each step uses the gradients of its own batch, and of no other."""
    report = student.run("watch", *question(randn, randint), EPOCHS, batch_size, seed, momentum=momentum)

    for number, step in enumerate(steps_of(report, EPOCHS * -(-SAMPLES // batch_size))):
        expect(all(g is not None and bool(g.any()) for g in step["found"]), "A backward pass found no gradients.")
        what = f"at step {number}, the list of gradients that the optimizer uses"
        assert_close(step["used"], step["found"], what=what)


@pytest.mark.points(2)
def test_logits(student, randn, randint, seed):
    """The loss function is given the model's logits, once and unspoiled."""
    report = student.run("watch", *question(randn, randint), EPOCHS, BATCH, seed)

    for number, step in enumerate(steps_of(report, EPOCHS * BATCHES)):
        what = f"at step {number}, what the loss function makes of its first argument,"
        expect(step["given"].shape == step["output"].shape, "The loss function must be given what the model returned.")
        # The same numbers, or others of which it makes the same: cross-entropy takes the log-softmax of either.
        assert_close(step["given"].log_softmax(1), step["output"].log_softmax(1), what=what)


@pytest.mark.points(2)
@pytest.mark.parametrize("batch_size", [BATCH, SAMPLES])
def test_pairs(student, randn, randint, seed, batch_size):
    """In the order that the generator draws, every sample comes with its own class."""
    layers, data, valid = question(randn, randint)
    input, target = data[0].clone(), data[1].clone()
    generator = torch.Generator().manual_seed(seed)
    order = torch.cat([torch.randperm(SAMPLES, generator=generator) for _ in range(EPOCHS)]).to(input.device)

    report = student.run("watch", layers, data, valid, EPOCHS, batch_size, seed)

    steps = steps_of(report, EPOCHS * -(-SAMPLES // batch_size))
    seen, labels = (torch.cat([step[name] for step in steps]) for name in ("input", "labels"))
    assert_close(seen, input[order], what="the tensor of all inputs, batch after batch,")
    expect(labels.shape == order.shape, "There must be one label for each sample of a batch.")
    given = labels - target[order]  # from what number they count is not the question here
    expect(bool((given == given[0]).all()), "Samples are trained with the classes of other samples.")


@pytest.mark.points(2)
@pytest.mark.parametrize(("lr", "gamma"), [(0.2, 0.5), (0.05, 1.5)])
def test_learning_rates(student, randn, randint, seed, lr, gamma):
    """The learning rate stays the same during an epoch, and the scheduler changes it from epoch to epoch."""
    report = student.run("watch", *question(randn, randint), EPOCHS, BATCH, seed, lr=lr, gamma=gamma)

    rates = [step["lr"] for step in steps_of(report, EPOCHS * BATCHES)]
    right = [lr * gamma**epoch for epoch in range(EPOCHS) for _ in range(BATCHES)]
    assert_close(rates, right, what="the list of learning rates, step by step,")


@pytest.mark.points(2)
@pytest.mark.parametrize("norm", [True, False])
def test_modes(student, randn, randint, seed, norm):
    """Training mode for all batches of all epochs, evaluation mode and no graph for validation."""
    report = student.run("watch", *question(randn, randint), EPOCHS, BATCH, seed, norm=norm)

    steps_of(report, EPOCHS * BATCHES)
    training = [forward["training"] for forward in report["forwards"]]
    graphs = [forward["graph"] for forward in report["forwards"]]
    right = ([True] * BATCHES + [False]) * EPOCHS
    count = "For each epoch there must be one forward pass for each batch, and one for validation after them."
    expect(len(training) == len(right), count)
    expect(training[: BATCHES + 1] == right[: BATCHES + 1], "In the first epoch the model is in a wrong mode.")
    expect(training == right, "The first epoch is right; in a later one the model is in a wrong mode.")
    expect(graphs == right, "A graph is needed in training, and none for validation.")


@pytest.mark.points(1)
@pytest.mark.parametrize(("lr", "momentum", "gamma"), [(0.1, 0.0, 0.5), (0.05, 0.8, 0.9)])
def test_weights(student, reference, randn, randint, seed, lr, momentum, gamma):
    """The whole run: after 1, 2 and 4 epochs the model is where the right loop leads; the data are as they were."""
    layers, data, valid = question(randn, randint)
    before = [tensor.clone() for tensor in (*data, *valid)]
    options = {"lr": lr, "momentum": momentum, "gamma": gamma, "norm": True}

    def states(who):
        return [who.run("watch", layers, data, valid, epochs, BATCH, seed, **options)["state"] for epochs in (1, 2, 4)]

    right = states(reference)
    found = states(student)

    for now, then in zip((*data, *valid), before, strict=True):
        expect(torch.equal(now, then), "The call changed `data` or `valid` in place.")
    assert_close(found, right, what="the list of models after 1, 2 and 4 epochs")


@pytest.mark.points(1)
@pytest.mark.parametrize(("batch_size", "norm"), [(BATCH, True), (6, False)])
def test_history(student, reference, randn, randint, seed, batch_size, norm):
    """The whole run: for each epoch the mean loss over its samples and the loss on the samples for validation."""
    asked = (*question(randn, randint), 4, batch_size, seed)
    options = {"lr": 0.1, "momentum": 0.5, "gamma": 0.7, "norm": norm}
    right = reference.run("watch", *asked, **options)["history"]

    found = student.run("watch", *asked, **options)["history"]

    expect(isinstance(found, list), "The function must return a list.")
    assert_close(found, right, what="the list of losses")
