"""Hidden suite for ``loop/minibatches``.

Which permutation a seed leads to is the student's choice, so shuffled epochs are not compared with the reference's: the
checks ask for what every right answer has in common. Each looks at one property, whatever the others are like.
"""

from collections import Counter

import pytest
import torch

from grader.testing import assert_close, expect


def data(randn, samples):
    """Inputs whose first column counts the samples, and targets that can be told apart as well."""
    input = randn(samples, 3)
    input[:, 0] = torch.arange(samples)
    return input, 7 * torch.arange(samples, device=input.device) + 2


def run(who, *arguments, **options):
    """What the probe ``epochs`` reports, once it is certain that every batch is a pair of tensors."""
    report = who.run("epochs", *arguments, **options)
    batches = [batch for epoch in report["epochs"] for batch in epoch]
    expect(
        all(isinstance(batch, tuple | list) and len(batch) == 2 for batch in batches)
        and all(isinstance(part, torch.Tensor) and part.dim() for batch in batches for part in batch),
        "Every batch must be a pair (input, target) of tensors that keep their first dimension.",
    )
    expect(bool(batches), "There is not a single batch.")
    return report


def numbers(epoch):
    """The numbers of the samples in the order in which they came."""
    expect(
        all(input.dim() == 2 and input.shape[1] == 3 for input, _ in epoch), "The inputs of a batch lost their form."
    )
    return [number for input, _ in epoch for number in input[:, 0].tolist()]


@pytest.mark.points(1)
@pytest.mark.parametrize(("samples", "batch_size"), [(7, 3), (11, 4), (3, 8)])
def test_batches(student, reference, randn, samples, batch_size):
    """Not shuffled: the batches in the order of the data, the last one smaller."""
    arguments = (*data(randn, samples), 1)

    mine, theirs = (run(who, *arguments, batch_size=batch_size)["epochs"] for who in (student, reference))

    assert_close(mine[0], theirs[0], what="the list of batches")


@pytest.mark.points(1)
@pytest.mark.parametrize(("samples", "batch_size"), [(7, 3), (11, 4)])
def test_drop_last(student, reference, randn, samples, batch_size):
    """With drop_last a smaller last batch is left out."""
    arguments = (*data(randn, samples), 1)
    options = {"batch_size": batch_size, "drop_last": True}

    mine, theirs = (run(who, *arguments, **options)["epochs"] for who in (student, reference))
    short = student.run("epochs", *data(randn, batch_size - 1), 1, **options)["epochs"]

    assert_close(mine[0], theirs[0], what="the list of batches")
    expect(short == [[]], "Where the samples do not even fill one batch, drop_last must leave none.")


@pytest.mark.points(1)
@pytest.mark.parametrize("drop_last", [False, True])
@pytest.mark.parametrize("batch_size", [1, 2, 6])
def test_exact_fit(student, reference, randn, batch_size, drop_last):
    """Batches that fill the epoch exactly: none is left out, and none is empty."""
    arguments = (*data(randn, 6), 1)
    options = {"batch_size": batch_size, "drop_last": drop_last}

    mine, theirs = (run(who, *arguments, **options)["epochs"] for who in (student, reference))
    empty = [student.run("epochs", *data(randn, 0), 1, shuffle=x, **options)["epochs"] for x in (False, True)]

    expect(empty == [[[]], [[]]], "Without any samples there must be no batch.")
    assert_close(mine[0], theirs[0], what="the list of batches")


@pytest.mark.points(2)
@pytest.mark.parametrize(("samples", "batch_size"), [(17, 5), (23, 4)])
def test_every_sample_once(student, randn, samples, batch_size):
    """Shuffled: every sample comes exactly once in each epoch."""
    options = {"batch_size": batch_size, "shuffle": True, "seed": 5}

    for epoch in run(student, *data(randn, samples), 3, **options)["epochs"]:
        came = numbers(epoch)
        expect(len(set(came)) == len(came), "A sample came more than once in an epoch.")
        expect(sorted(came) == list(range(samples)), "A sample did not come at all in an epoch.")
        expect(came != sorted(came), "With shuffle the order is still that of the data.")


@pytest.mark.points(2)
@pytest.mark.parametrize(("samples", "batch_size"), [(17, 5), (12, 4)])
def test_pairs(student, randn, samples, batch_size):
    """Shuffled: every input comes with its own target, as it lies in the data."""
    input, target = data(randn, samples)

    batches = run(student, input, target, 1, batch_size=batch_size, shuffle=True, seed=2)["epochs"][0]

    came = numbers(batches)
    expect(came != sorted(came), "With shuffle the order is still that of the data.")
    expect(set(came) <= set(range(samples)), "A batch holds an input that is not in the data.")
    order = torch.tensor(came, device=input.device).long()
    assert_close(torch.cat([pair[0] for pair in batches]), input[order], what="the inputs of an epoch")
    assert_close(torch.cat([pair[1] for pair in batches]), target[order], what="the targets that come with the inputs")


@pytest.mark.points(1)
def test_new_order(student, randn):
    """Every epoch has an order of its own."""
    epochs = run(student, *data(randn, 19), 4, batch_size=6, shuffle=True, seed=8)["epochs"]

    orders = [tuple(numbers(epoch)) for epoch in epochs]
    expect(len(set(orders)) == 4, "Two of four epochs with the same generator came in the same order.")


@pytest.mark.points(2)
def test_seed(student, randn):
    """The orders come from the generator: the same from the same seed, others from another."""
    arguments, options = (*data(randn, 19), 3), {"batch_size": 6, "shuffle": True}

    def orders(seed, global_seed):
        report = run(student, *arguments, seed=seed, global_seed=global_seed, **options)
        return [numbers(epoch) for epoch in report["epochs"]]

    first = orders(11, 1)
    expect(orders(11, 2) == first, "Generators with the same seed led to different orders.")
    expect(orders(12, 1) != first, "Generators with different seeds led to the same orders.")
    expect(first[0] != sorted(first[0]), "With shuffle the order is still that of the data.")


@pytest.mark.points(1)
def test_generators_untouched(student, reference, randn):
    """The global generator is left alone when another is given, and both without shuffle."""
    arguments = (*data(randn, 9), 2)

    shuffled = run(student, *arguments, batch_size=4, shuffle=True, seed=3)
    for seed in (3, None):
        report, theirs = (run(who, *arguments, batch_size=4, seed=seed) for who in (student, reference))
        expect(report["same_own"] is not False, "Without shuffle the generator must not be used.")
        expect(report["same_global"], "Without shuffle the global generator must not be used.")
        assert_close(report["epochs"], theirs["epochs"], what="the list of epochs")

    expect(shuffled["same_global"], "A generator was given, but PyTorch's global one was used or seeded.")
    expect(not shuffled["same_own"], "The generator that was given is where it was before: seeded anew, or not used.")


@pytest.mark.points(1)
def test_without_generator(student, randn):
    """Without a generator the order comes from PyTorch's global one."""
    arguments, options = (*data(randn, 19), 3), {"batch_size": 6, "shuffle": True}

    def orders(global_seed):
        report = run(student, *arguments, global_seed=global_seed, **options)
        expect(not report["same_global"], "The global generator is where it was before: seeded anew, or not used.")
        return [numbers(epoch) for epoch in report["epochs"]]

    first = orders(21)
    expect(orders(21) == first, "The global generator had the same seed, but the orders are different.")
    expect(orders(22) != first, "The global generator had another seed, but the orders are the same.")
    expect(first[0] != first[1], "Two epochs came in the same order.")


@pytest.mark.points(1)
def test_all_orders(student):
    """All 24 orders of four samples are equally likely."""
    samples, count = 4, 4000
    orders = student.run("orders", samples, 2, count, seed=6)

    expect(
        isinstance(orders, torch.Tensor) and orders.shape == (count, samples),
        "The batches of an epoch do not hold as many samples as there are.",
    )
    seen = Counter(map(tuple, orders.tolist()))
    permutations = [order for order in seen if sorted(order) == list(range(samples))]
    expect(len(permutations) == 24, "Some of the 24 orders of four samples never come.")
    mean = count / 24
    # Pearson's statistic with 23 degrees of freedom: above 80 less than once in ten million right answers.
    distance = sum((seen[order] - mean) ** 2 / mean for order in permutations)
    expect(distance < 80, "Some orders of the samples come much more often than others.")


@pytest.mark.points(1)
def test_drop_by_chance(student, randn):
    """With shuffle and drop_last, each epoch leaves out other samples."""
    samples, count = 5, 150
    options = {"batch_size": 2, "shuffle": True, "drop_last": True, "seed": 4}

    epochs = [numbers(epoch) for epoch in run(student, *data(randn, samples), count, **options)["epochs"]]

    expect(all(len(set(epoch)) == 4 for epoch in epochs), "Of five samples in batches of two, four should come.")
    came = Counter(number for epoch in epochs for number in epoch)
    # One that is left out with a chance of 1/5 comes in all 150 epochs less than once in 10^14 right answers.
    expect(all(0 < came[number] < count for number in range(samples)), "Some samples are left out always, or never.")


@pytest.mark.points(1)
def test_any_data(student, reference, randn, randint):
    """Other shapes, dtypes and layouts work as well, and the data stay as they are."""
    input, target = randint(0, 99, 4, 2, 7).movedim(2, 0), randn(5, 7, dtype=torch.float64).T
    before = input.clone(), target.clone()

    report = run(student, input, target, 2, batch_size=3, shuffle=True, seed=1)
    expect(torch.equal(input, before[0]) and torch.equal(target, before[1]), "The data were changed in place.")
    expect([len(pair[0]) for pair in report["epochs"][0]] == [3, 3, 1], "The batches do not have the right sizes.")
    mine, theirs = (run(who, input, target, 1, batch_size=3)["epochs"] for who in (student, reference))

    assert_close(mine[0], theirs[0], what="the list of batches")


@pytest.mark.points(1)
@pytest.mark.parametrize("shuffle", [False, True])
def test_errors(student, reference, randn, shuffle):
    """ValueError for a batch_size below 1 and for lengths that do not agree; what is right works."""
    input, target = data(randn, 6)

    def refused(input, target, batch_size):
        try:
            student.run("epochs", input, target, 1, batch_size=batch_size, shuffle=shuffle)
        except ValueError:
            return True
        return False

    for batch_size in (0, -2):
        expect(refused(input, target, batch_size), f"A batch_size of {batch_size} must be refused with ValueError.")
    expect(refused(input, target[:5], 3), "Fewer targets than inputs must be refused with ValueError.")
    expect(refused(input[:4], target, 2), "More targets than inputs must be refused with ValueError.")
    mine, theirs = (run(who, input, target, 1, batch_size=4)["epochs"] for who in (student, reference))

    assert_close(mine[0], theirs[0], what="the list of batches")
