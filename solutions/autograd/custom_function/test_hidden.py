"""Hidden suite for ``autograd/custom_function``.

Autograd on the plain formulas is the oracle. Checks of the protocol (what is returned, saved and left alone) look at
numbers as little as they can: a wrong formula costs the points of its own check.
"""

import pytest
import torch

from grader.testing import assert_close, assert_trajectory, award_each, expect

FLOAT64 = torch.float64
NAMES = ("Swish", "Sign", "CrossEntropy")


def swish(input, beta):
    """The plain formula."""
    return input * torch.sigmoid(beta * input)


def differentiated(function, arguments, wanted, cotangent):
    """The gradients that autograd finds through the plain formula."""
    arguments = [a.clone().requires_grad_(index in wanted) for index, a in enumerate(arguments)]
    leaves = [arguments[index] for index in wanted]
    return list(torch.autograd.grad(function(*arguments), leaves, cotangent))


def gradients(student, name, arguments, wanted, cotangent):
    """The gradients of the arguments ``wanted``, through the student's custom function."""
    found = student.run("gradients", name, arguments, wanted, cotangent)
    expect(found["function"], f"{name}.apply must be that of a subclass of torch.autograd.Function.")
    return found["grads"][0]


def drawn(randn, randint, name, dtype=FLOAT64):
    """Arguments for the function, and a cotangent."""
    if name == "CrossEntropy":
        return (randn(5, 3, dtype=dtype), randint(0, 3, 5)), randn(dtype=dtype)
    more = () if name == "Sign" else (randn(dtype=dtype) + 3,)
    return (randn(4, 3, dtype=dtype), *more), randn(4, 3, dtype=dtype)


@pytest.mark.points(1)
@pytest.mark.parametrize("dtype", [torch.float32, FLOAT64])
def test_forward(student, reference, randn, randint, dtype):
    """The results of the three functions, in the dtype of the input."""

    def check(name):
        arguments, _ = drawn(randn, randint, name, dtype)
        right = reference.run("forward", name, arguments)
        assert_close(student.run("forward", name, arguments), right, what=f"the result of {name}")

    award_each(NAMES, check)


@pytest.mark.points(2)
@pytest.mark.parametrize("shape", [(7,), (5, 3), (2, 3, 4), (), (1,)])
@pytest.mark.parametrize("beta", [1.0, 0.4, -2.5])
def test_swish_input(student, randn, shape, beta):
    """The gradient of the input of Swish, for several shapes and betas."""
    input, beta = randn(*shape, dtype=FLOAT64) * 2, torch.tensor(beta, dtype=FLOAT64)
    arguments, cotangent = (input, beta.to(input.device)), randn(*shape, dtype=FLOAT64)
    right = differentiated(swish, arguments, (0,), cotangent)

    assert_close(
        gradients(student, "Swish", arguments, (0,), cotangent), right, rtol=1e-8, what="the gradient of input"
    )


@pytest.mark.points(2)
@pytest.mark.parametrize("shape", [(7,), (5, 3), (), (1,)])
def test_swish_beta(student, randn, shape):
    """The gradient of beta in Swish: a sum over all elements."""
    arguments, cotangent = (randn(*shape, dtype=FLOAT64), randn(dtype=FLOAT64)), randn(*shape, dtype=FLOAT64)
    right = differentiated(swish, arguments, (1,), cotangent)

    found = gradients(student, "Swish", arguments, (1,), cotangent)

    assert_close(found[0], right[0], rtol=1e-8, what="the gradient of beta")
    # Autograd adds up what comes in a larger shape, so it has to be asked for itself.
    returned = student.run("backward", "Swish", arguments, (1,), cotangent)["returned"]
    fits = isinstance(returned, tuple | list) and len(returned) == 2 and getattr(returned[1], "shape", None) == ()
    expect(fits, "What Swish.backward returns for beta must have the shape of beta, ().")


@pytest.mark.points(2)
@pytest.mark.parametrize("shape", [(11,), (5, 3), (2, 3, 4)])
def test_sign(student, randn, shape):
    """Sign at 0, and its straight-through gradient: what arrives within [-1, 1], 0 outside."""
    input, cotangent = randn(*shape, dtype=FLOAT64) * 1.5, randn(*shape, dtype=FLOAT64)
    edges = torch.tensor([0.0, 1.0, -1.0, 1.0001, -1.0001], dtype=FLOAT64, device=input.device)
    input.view(-1)[:5] = edges
    right = torch.where((input >= -1) & (input <= 1), cotangent, torch.zeros_like(cotangent))

    found = gradients(student, "Sign", (input,), (0,), cotangent)

    assert_close(found[0], right, what="the gradient of input")
    signs = (input >= 0).to(FLOAT64) * 2 - 1
    assert_close(student.run("forward", "Sign", (input,)), signs, what="the result of Sign")


@pytest.mark.points(2)
@pytest.mark.parametrize(("samples", "classes"), [(7, 3), (2, 11), (1, 4)])
def test_cross_entropy(student, randn, randint, samples, classes):
    """The gradient of the cross-entropy, for several shapes and upstream gradients."""
    arguments = randn(samples, classes, dtype=FLOAT64) * 2, randint(0, classes, samples)
    cotangent = randn(dtype=FLOAT64) * 3
    right = differentiated(torch.nn.functional.cross_entropy, arguments, (0,), cotangent)

    found = gradients(student, "CrossEntropy", arguments, (0,), cotangent)

    assert_close(found[0], right[0], rtol=1e-8, what="the gradient of input")


@pytest.mark.points(1)
def test_large_inputs(student, device, randn):
    """Very large inputs of Swish and of the cross-entropy make neither inf nor nan, in value or gradient."""
    input = torch.tensor([1000.0, -1000.0, 1e5, -1e5, 0.0], dtype=FLOAT64, device=device)
    arguments, cotangent = (input, torch.tensor(1.5, dtype=FLOAT64, device=device)), randn(5, dtype=FLOAT64)
    right = differentiated(swish, arguments, (0, 1), cotangent)
    assert_close(student.run("forward", "Swish", arguments), input.relu(), what="the result of Swish")
    found = gradients(student, "Swish", arguments, (0, 1), cotangent)
    for name, mine, theirs in zip(("input", "beta"), found, right, strict=True):
        assert_close(mine, theirs, rtol=1e-8, what=f"the gradient of {name} in Swish")

    arguments = input[[4, 0, 1, 2]].repeat(2, 1), torch.tensor([1, 3], device=device)
    cotangent = randn(dtype=FLOAT64)
    right = differentiated(torch.nn.functional.cross_entropy, arguments, (0,), cotangent)
    loss = torch.tensor((99000.0 + 0.0) / 2, dtype=FLOAT64, device=device)
    assert_close(student.run("forward", "CrossEntropy", arguments), loss, what="the loss")
    found = gradients(student, "CrossEntropy", arguments, (0,), cotangent)
    assert_close(found[0], right[0], rtol=1e-8, what="the gradient of the loss")


@pytest.mark.points(2)
@pytest.mark.parametrize("wanted", [(0,), (1,), (0, 1)])
def test_needs_input_grad(student, randn, randint, wanted):
    """Swish hands back a gradient for each argument that needs one, and None for the other."""
    arguments, cotangent = drawn(randn, randint, "Swish")

    returned = student.run("backward", "Swish", arguments, wanted, cotangent)["returned"]

    two = isinstance(returned, tuple | list) and len(returned) == 2
    expect(two, "Swish.backward must return two things: for input and for beta.")
    for index, name in enumerate(("input", "beta")):
        if index in wanted:
            given = isinstance(returned[index], torch.Tensor) and bool(returned[index].any())
            expect(given, f"Swish.backward returned no gradient for {name}, which needs one.")
        else:
            expect(returned[index] is None, f"Swish.backward computed a gradient for {name}, which needs none.")


@pytest.mark.points(2)
def test_changed_in_place(student, randn, randint):
    """An input that is changed in place between the passes never leads to a wrong gradient."""

    def check(name):
        arguments, cotangent = drawn(randn, randint, name)
        unchanged = student.run("gradients", name, arguments, (0,), cotangent)["grads"][0][0]
        expect(unchanged is not None, f"No gradient reaches the input of {name}.")
        found = student.run("changed", name, arguments, cotangent)
        if found is not None:
            words = f"the gradient of {name} after its input was changed in place"
            assert_close(found, unchanged, what=words)

    award_each(NAMES, check)


@pytest.mark.points(1)
def test_left_alone(student, randn, randint):
    """Arguments and upstream gradients stay as they were, and a second backward pass finds the same."""

    def check(name):
        arguments, cotangent = drawn(randn, randint, name)
        before = cotangent.clone()
        found = student.run("gradients", name, arguments, (0,), cotangent, passes=2)
        (first,), (second,) = found["grads"]
        expect(first is not None and bool(first.any()), f"No gradient reaches the input of {name}.")
        same = all(torch.equal(now, then) for now, then in zip(found["arguments"], arguments, strict=True))
        expect(same, f"{name} changed an argument in place.")
        assert_close(second, first, what=f"the gradient of {name} in a second pass through the same graph")
        after = student.run("backward", name, arguments, (0,), cotangent)["cotangent"]
        expect(torch.equal(after, before), f"{name}.backward changed `grad_output` in place.")

    award_each(NAMES, check)


@pytest.mark.points(1)
def test_training(student, reference, randn, randint):
    """A small network with Swish and the cross-entropy learns, its beta included."""
    first, second, beta = randn(5, 3, dtype=FLOAT64), randn(4, 5, dtype=FLOAT64), randn(dtype=FLOAT64)
    arguments = first, second, beta, randn(7, 3, dtype=FLOAT64), randint(0, 4, 7), 0.3, 6

    assert_trajectory(
        student.run("train", *arguments), reference.run("train", *arguments), what="the network", rtol=1e-8
    )
