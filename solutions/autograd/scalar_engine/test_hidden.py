"""Hidden suite for ``autograd/scalar_engine``.

Graphs are made of sums and differences wherever a check is about the backward pass, so that a mistake in one of the
operations costs few points. PyTorch's autograd is the oracle.
"""

import random

import pytest
import torch

from grader.testing import CheckFailed, assert_close, assert_trajectory, award, expect

FLOAT64 = torch.float64
OPERATIONS = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "neg": lambda a: -a,
    "pow": lambda a, n: a**n,
}
FUNCTIONS = {
    "pow": [(1.5, 2), (-1.5, 3), (0.7, -1), (2.5, 0.5), (1.3, -1.7), (-0.8, -2), (-1.1, 1)],
    "exp": [(0.3,), (-2.0,), (2.5,)],
    "log": [(0.3,), (2.0,), (50.0,)],
    "tanh": [(0.4,), (-1.7,), (3.0,)],
    "relu": [(1.7,), (-0.6,), (0.25,), (0.0,)],
}


def differentiated(leaves, steps, outputs):
    """Data and gradients of all values, as PyTorch finds them."""
    values = [torch.tensor(leaf, dtype=FLOAT64, requires_grad=True) for leaf in leaves]
    for name, *operands in steps:
        of = OPERATIONS.get(name) or getattr(torch, name)
        found = [values[x] if type(x) is int and (name != "pow" or not k) else x for k, x in enumerate(operands)]
        values.append(of(*found))
    for value in values[len(leaves) :]:
        value.retain_grad()
    for index in outputs:
        values[index].backward(retain_graph=True)
    data = [value.item() for value in values]
    grads = [0.0 if value.grad is None else value.grad.item() for value in values]
    return torch.tensor(data, dtype=FLOAT64), torch.tensor(grads, dtype=FLOAT64)


def numbers(found, key):
    """``data`` or ``grad`` of the values: floats, as one tensor."""
    word = {"data": "data", "grads": "grad"}[key]
    expect(all(type(x) in (float, int) for x in found[key]), f"`{word}` of every value must be a Python float.")
    return torch.tensor(found[key], dtype=FLOAT64)


def assert_graph(student, leaves, steps, outputs, shown=None):
    """Data and gradients are right: of the leaves, or of the values with the indices ``shown``."""
    shown = list(range(len(leaves))) if shown is None else shown
    data, grads = differentiated(leaves, steps, outputs)
    found = student.run("differentiate", leaves, steps, outputs, [*shown, outputs[0]])
    assert_close(numbers(found, "grads")[:-1], grads[shown], what="`grad` of the values")
    assert_close(numbers(found, "data"), data[[*shown, outputs[0]]], what="`data` of the values")


def drawn(seed, count, inputs=3):
    """Leaves, and steps of a random graph: each step uses the one before it, and something older."""
    draw = random.Random(seed)
    leaves = [draw.uniform(-1.3, 1.3) for _ in range(inputs)]
    steps = [(draw.choice(("add", "sub")), index - 1, draw.randrange(index)) for index in range(inputs, inputs + count)]
    return leaves, steps


@pytest.mark.points(1)
@pytest.mark.parametrize("name", ["add", "mul"])
def test_sum_and_product(student, randn, name):
    """Sums and products of two values: the number and both gradients."""
    leaves = randn(2, dtype=FLOAT64).tolist()

    assert_graph(student, leaves, [(name, 0, 1)], [2])


@pytest.mark.points(1)
def test_numbers(student, randn):
    """Sums, differences and products with a plain number, to the right and to the left."""
    (x,) = (randn(1, dtype=FLOAT64).abs() + 0.5).tolist()
    for name in ("add", "sub", "mul"):
        assert_graph(student, [x], [(name, 0, 2.5), (name, -1.5, 1)], [2])


@pytest.mark.points(3)
def test_functions(student):
    """Powers, exp, log, tanh and relu: the number and the derivative; a fifth of the points for each."""
    failures = []
    for name, cases in FUNCTIONS.items():
        for x, *more in cases:
            try:
                # As a part of something: what arrives from above must be handed on.
                assert_graph(student, [x, -1.75], [(name, 0, *more), ("sub", 1, 2)], [3])
            except (CheckFailed, NotImplementedError, TypeError, ValueError, ZeroDivisionError) as failure:
                words = getattr(failure, "feedback", str(failure))
                failures.append((name, failure, f"{name}: {words}"))
                break
    if len(failures) == len(FUNCTIONS):
        raise failures[0][1]
    if failures:
        award(1 - len(failures) / len(FUNCTIONS), failures[0][2])


@pytest.mark.points(2)
@pytest.mark.parametrize(
    "steps",
    [
        [("add", 0, 0)],
        [("mul", 0, 0)],
        [("mul", 0, 1), ("sub", 0, 1), ("mul", 2, 3)],
        [("mul", 0, 1), ("mul", 2, 0), ("mul", 3, 2)],
    ],
)
def test_used_again(student, randn, steps):
    """What is used more than once gets a gradient from every use."""
    first, second = randn(2, dtype=FLOAT64).tolist()

    assert_graph(student, [first, second], steps, [len(steps) + 1])
    assert_graph(student, [first, first], steps, [len(steps) + 1])  # equal is not the same


@pytest.mark.points(3)
@pytest.mark.parametrize("count", [6, 9, 12])
def test_order(student, seed, count):
    """In graphs with long and short ways to the same value, each waits for all that was made from it."""
    for number in range(5):
        leaves, steps = drawn(seed + number, count)
        assert_graph(student, leaves, steps, [len(leaves) + count - 1])


@pytest.mark.points(1)
def test_every_value(student, randn):
    """Values in between have gradients as well; what the output was not made from keeps a gradient of 0."""
    leaves = randn(6, dtype=FLOAT64).tolist()
    steps = [("add", 0, 1), ("sub", 2, 3), ("sub", 6, 7), ("sub", 8, 4), ("sub", 5, 9)]  # nothing is used twice

    assert_graph(student, leaves, steps, [8], shown=list(range(11)))


@pytest.mark.points(2)
@pytest.mark.parametrize("outputs", [(6, 8), (8, 6), (8, 8), (7, 7, 6), (8, 0, 1, 2)])
def test_accumulates(student, seed, outputs):
    """Several backward passes, through shared values too: each adds its own gradients to those of the leaves."""
    leaves, steps = drawn(seed, 6)

    assert_graph(student, leaves, steps, list(outputs))


@pytest.mark.points(1)
@pytest.mark.parametrize("weights", [2, 4])
def test_training(student, randn, weights):
    """It trains a neuron: the weights go down the gradients, which are cleared after each step."""
    start, samples, targets = (randn(*shape, dtype=FLOAT64) for shape in [(weights,), (5, weights - 1), (5,)])
    inputs = torch.cat([samples, torch.ones(5, 1, dtype=FLOAT64, device=samples.device)], dim=1)
    here, path = start.clone(), []
    for _ in range(8):
        here = here - 0.02 * 2 * inputs.T @ (inputs @ here - targets)
        path.append(here.tolist())

    found = student.run("descend", start.tolist(), samples.tolist(), targets.tolist(), 0.02, 8)

    assert_trajectory(found, path, what="the weights")


@pytest.mark.points(1)
def test_many_paths(student, randn):
    """Sixty times v = v + v: 61 values and 2 to the power of 60 paths."""
    assert_graph(student, randn(1, dtype=FLOAT64).tolist(), [("add", k, k) for k in range(60)], [60])


@pytest.mark.points(1)
def test_deep(student):
    """A chain of 3000 operations."""
    steps = [("neg", last) if last % 7 == 3 else ("add", last, 0.25) for last in range(3000)]

    assert_graph(student, [0.4], steps, [3000])
