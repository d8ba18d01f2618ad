"""Hidden suite for ``backward/mlp``.

Each gradient has a check of its own. It holds where the gradient is right, and also where it follows by the right rule
from the student's own gradient of the step before: a mistake at the end of the network costs the points of one check,
not those of all the steps that come after it. The checks that look at all eight award an eighth for each.
"""

import pytest
import torch

from grader.testing import CheckFailed, assert_close, award_each, expect, is_close

FLOAT64 = torch.float64
NAMES = ("logits", "weight2", "bias2", "hidden", "pre", "weight1", "bias1", "input")
BEFORE = {"weight2": "logits", "bias2": "logits", "hidden": "logits", "pre": "hidden"}
BEFORE |= {"weight1": "pre", "bias1": "pre", "input": "pre"}
SHAPES = pytest.mark.parametrize("sizes", [(7, 3, 5, 4), (2, 6, 3, 11), (13, 5, 2, 3)])


def draw(randn, randint, samples, inputs, hidden, classes, dtype=FLOAT64):
    """Arguments of ``mlp_backward``, all but the weight decay."""
    return {
        "input": randn(samples, inputs, dtype=dtype),
        "target": randint(0, classes, samples),
        "weight1": randn(hidden, inputs, dtype=dtype),
        "bias1": randn(hidden, dtype=dtype),
        "weight2": randn(classes, hidden, dtype=dtype),
        "bias2": randn(classes, dtype=dtype),
    }


def gradients(who, arguments, **options):
    """The dict that the function returns."""
    found = who.mlp_backward(**arguments, **options)
    expect(isinstance(found, dict), "The function must return a dict with the eight gradients.")
    missing = [name for name in NAMES if name not in found]
    expect(not missing, f"The dict that is returned lacks {', '.join(missing)}.")
    return {name: found[name] for name in NAMES}


def follows(name, found, arguments, weight_decay):
    """What the gradient called ``name`` must be, given the student's own gradient of the step before."""
    pre = arguments["input"] @ arguments["weight1"].T + arguments["bias1"]
    upstream = found[BEFORE[name]]
    match name:
        case "weight2":
            return upstream.T @ torch.relu(pre) + weight_decay * arguments["weight2"]
        case "weight1":
            return upstream.T @ arguments["input"] + weight_decay * arguments["weight1"]
        case "bias2" | "bias1":
            return upstream.sum(dim=0)
        case "hidden":
            return upstream @ arguments["weight2"]
        case "pre":
            return upstream * (pre > 0)
    return upstream @ arguments["weight1"]


def is_usable(upstream, right):
    """Whether a gradient has the form that it should have, and is not just zeros."""
    if type(upstream) is not torch.Tensor or (upstream.shape, upstream.dtype) != (right.shape, right.dtype):
        return False
    return upstream.device == right.device and bool(upstream.isfinite().all()) and bool(upstream.any())


def assert_gradient(name, found, right, arguments, weight_decay=0.0):
    """The gradient called ``name`` is right, or follows from the student's own gradient of the step before."""
    try:
        assert_close(found[name], right[name], what=f"the gradient of {name}")
    except CheckFailed:
        if name not in BEFORE or not is_usable(found[BEFORE[name]], right[BEFORE[name]]):
            raise
        if not is_close(found[name], follows(name, found, arguments, weight_decay)):
            raise


def assert_all(found, right, arguments, weight_decay=0.0):
    """All eight gradients are right; an eighth of the points for each one that is."""
    award_each(NAMES, lambda name: assert_gradient(name, found, right, arguments, weight_decay))


def compare(student, reference, arguments, weight_decay=0.0):
    """All eight against the reference's."""
    kept = copies(arguments)
    right = gradients(reference, arguments, weight_decay=weight_decay)
    assert_all(gradients(student, arguments, weight_decay=weight_decay), right, kept, weight_decay)


def compare_one(name, student, reference, arguments):
    """The gradient called ``name`` against the reference's."""
    kept, right = copies(arguments), gradients(reference, arguments)
    assert_gradient(name, gradients(student, arguments), right, kept)


def copies(arguments):
    return {name: argument.clone() for name, argument in arguments.items()}


def by_autograd(arguments, weight_decay):
    """All eight gradients as autograd finds them: an oracle that shares no line with the reference."""
    values = {k: v.clone().requires_grad_() if v.is_floating_point() else v for k, v in arguments.items()}
    pre = torch.nn.functional.linear(values["input"], values["weight1"], values["bias1"])
    hidden = torch.relu(pre)
    logits = torch.nn.functional.linear(hidden, values["weight2"], values["bias2"])
    penalty = values["weight1"].square().sum() + values["weight2"].square().sum()
    loss = torch.nn.functional.cross_entropy(logits, values["target"]) + weight_decay / 2 * penalty
    values |= {"pre": pre, "hidden": hidden, "logits": logits}
    return dict(zip(NAMES, torch.autograd.grad(loss, [values[name] for name in NAMES]), strict=True))


@pytest.mark.points(2)
@SHAPES
def test_logits(student, reference, randn, randint, sizes):
    """The gradient of the logits."""
    compare_one("logits", student, reference, draw(randn, randint, *sizes))


@pytest.mark.points(1)
@SHAPES
def test_weight2(student, reference, randn, randint, sizes):
    """The gradient of the last layer's weight."""
    compare_one("weight2", student, reference, draw(randn, randint, *sizes))


@pytest.mark.points(1)
@SHAPES
def test_bias2(student, reference, randn, randint, sizes):
    """The gradient of the last layer's bias."""
    compare_one("bias2", student, reference, draw(randn, randint, *sizes))


@pytest.mark.points(1)
@SHAPES
def test_hidden(student, reference, randn, randint, sizes):
    """The gradient of the hidden layer after the ReLU."""
    compare_one("hidden", student, reference, draw(randn, randint, *sizes))


@pytest.mark.points(1)
@SHAPES
def test_pre(student, reference, randn, randint, sizes):
    """The gradient of the hidden layer before the ReLU."""
    compare_one("pre", student, reference, draw(randn, randint, *sizes))


@pytest.mark.points(1)
@SHAPES
def test_weight1(student, reference, randn, randint, sizes):
    """The gradient of the first layer's weight."""
    compare_one("weight1", student, reference, draw(randn, randint, *sizes))


@pytest.mark.points(1)
@SHAPES
def test_bias1(student, reference, randn, randint, sizes):
    """The gradient of the first layer's bias."""
    compare_one("bias1", student, reference, draw(randn, randint, *sizes))


@pytest.mark.points(1)
@SHAPES
def test_input(student, reference, randn, randint, sizes):
    """The gradient of the input."""
    compare_one("input", student, reference, draw(randn, randint, *sizes))


@pytest.mark.points(2)
@pytest.mark.parametrize("weight_decay", [0.3, 2.0])
def test_penalty(student, randn, randint, weight_decay):
    """The penalty adds weight_decay times the weight to the gradients of both weights, and nothing to others."""
    arguments = draw(randn, randint, 5, 4, 3, 6)
    expected = {name: weight_decay * arguments[name] for name in ("weight1", "weight2")}

    without = gradients(student, arguments)
    found = gradients(student, arguments, weight_decay=weight_decay)

    for name in NAMES:
        pair = found[name], without[name]
        numeric = all(isinstance(grad, torch.Tensor) and grad.is_floating_point() for grad in pair)
        alike = numeric and pair[0].shape == pair[1].shape
        expect(alike, f"The gradient of {name} must be a tensor of numbers, of one shape whatever weight_decay is.")
        right = expected[name] if name in expected else torch.zeros_like(without[name])
        assert_close(pair[0] - pair[1], right, what=f"what the penalty adds to the gradient of {name}")


@pytest.mark.points(1)
@pytest.mark.parametrize("sizes", [(6, 4, 5, 3), (1, 3, 4, 2)])
def test_like_autograd(student, randn, randint, sizes):
    """All eight are what autograd finds, for several samples and for a single one."""
    arguments = draw(randn, randint, *sizes)
    kept, right = copies(arguments), by_autograd(arguments, 0.7)

    assert_all(gradients(student, arguments, weight_decay=0.7), right, kept, 0.7)


@pytest.mark.points(1)
def test_relu_at_zero(student, reference, randn, randint):
    """Where the hidden layer is exactly 0 before the ReLU, no gradient passes."""
    arguments = draw(randn, randint, 5, 3, 4, 3)
    arguments["weight1"][1] = 0.0
    arguments["bias1"][1] = 0.0  # the second unit is 0 for every sample
    right = gradients(reference, arguments)

    found = gradients(student, arguments)

    pre = found["pre"]
    is_tensor = isinstance(pre, torch.Tensor) and pre.shape == right["pre"].shape
    expect(is_tensor, "The gradient of pre must be a tensor of shape (N, hidden).")
    assert_close(pre[:, 1], right["pre"][:, 1], what="where h is 0, the gradient of pre")
    assert_all(found, right, arguments)


@pytest.mark.points(1)
def test_large_logits(student, reference, randn, randint):
    """Logits of several thousands: finite gradients, in float32."""
    arguments = draw(randn, randint, 6, 3, 5, 4, dtype=torch.float32)
    arguments["weight2"] *= 3000

    compare(student, reference, arguments)


@pytest.mark.points(1)
def test_float32(student, reference, randn, randint):
    """From float32 arguments come float32 gradients."""
    compare(student, reference, draw(randn, randint, 5, 4, 6, 3, dtype=torch.float32), 0.2)


@pytest.mark.points(1)
def test_arguments_untouched(student, reference, randn, randint):
    """The right gradients from transposed views of memory, with every argument left as it was."""
    arguments = {k: v.T.contiguous().T if v.dim() == 2 else v for k, v in draw(randn, randint, 4, 3, 6, 5).items()}
    kept, right = copies(arguments), gradients(reference, arguments, weight_decay=0.4)

    found = gradients(student, arguments, weight_decay=0.4)

    for name, argument in arguments.items():
        expect(torch.equal(argument, kept[name]), f"The call changed `{name}` in place.")
    assert_all(found, right, kept, 0.4)
