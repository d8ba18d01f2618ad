"""Spoiled answers: what each kind makes of them, and when that counts."""

from __future__ import annotations

import math
import textwrap
from types import ModuleType
from typing import Any

import pytest
import torch

from grader.spoiling import SPOILS, Spoiled, spoil
from grader.worker.probing import vjp

CODE = '''
    import collections
    import functools
    import math
    from math import sqrt as root
    from textwrap import dedent

    import torch

    Pair = collections.namedtuple("Pair", "first second")


    def same(x):
        """What it is given, as a new tensor."""
        return x.clone()


    def identity(x):
        return x


    def nested(x):
        return [x.clone(), (x.clone(), 0.5, 2, True, "two", None)], {"a": x.clone()}


    def number(x):
        return float(x)


    def pair(x):
        return Pair(x.clone(), 1.5)


    def largest(x):
        return x.max(dim=0)


    def counted(x):
        return x.argmax()


    def truth(x):
        return x > 0


    def twice(x):
        return same(same(x))


    def step(params, grads, lr=0.5):
        with torch.no_grad():
            for p, g in zip(params, grads):
                p.sub_(lr * g)


    def two_steps(params, grads):
        step(params, grads)
        step(params, grads)


    def count(n):
        n.add_(1)


    def nothing(x):
        return None


    def fails(x):
        raise ValueError("no")


    @functools.wraps(same)
    def decorated(x):
        return same(x)


    def _private(x):
        return x.clone()


    class Net:
        def forward(self, x):
            return x.clone()


    constant = 3.0
'''


def load() -> ModuleType:
    module = ModuleType("answers")
    exec(textwrap.dedent(CODE), module.__dict__)
    return module


def spoiled(kind: str) -> tuple[Any, Spoiled]:
    result = spoil(load(), kind)
    return result.module, result


A = torch.tensor([[1.0, 2.0], [3.0, 4.0]], dtype=torch.float64)
NAN = math.nan


def equal(found: torch.Tensor, expected: torch.Tensor) -> bool:
    return found.dtype == expected.dtype and torch.allclose(found, expected, rtol=1e-12, equal_nan=True)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("zeros", [[0.0, 0.0], [0.0, 0.0]]),
        ("negated", [[-1.0, -2.0], [-3.0, -4.0]]),
        ("doubled", [[2.0, 4.0], [6.0, 8.0]]),
        ("shifted", [[2.0, 3.0], [4.0, 5.0]]),
        ("transposed", [[1.0, 3.0], [2.0, 4.0]]),
        ("nan", [[NAN, NAN], [NAN, NAN]]),
    ],
)
def test_a_returned_tensor(kind: str, expected: list[list[float]]) -> None:
    module, result = spoiled(kind)
    x = A.clone()

    assert not result.applied
    assert equal(module.same(x), torch.tensor(expected, dtype=torch.float64))
    assert result.applied
    assert torch.equal(x, A)


@pytest.mark.parametrize(
    ("dtype", "expected"),
    [
        (torch.float32, torch.float64),
        (torch.float64, torch.float32),
        (torch.float16, torch.float32),
        (torch.int64, torch.float32),
        (torch.bool, torch.float32),
        (torch.complex64, torch.complex128),
        (torch.complex128, torch.complex64),
    ],
)
def test_wrong_dtype(dtype: torch.dtype, expected: torch.dtype) -> None:
    module, result = spoiled("wrong dtype")

    assert module.same(torch.ones(2, dtype=dtype)).dtype is expected
    assert result.applied


@pytest.mark.parametrize("kind", SPOILS)
def test_every_kind_is_applied_to_something(kind: str) -> None:
    module, result = spoiled(kind)

    for factor in (1, 2):
        module.same(factor * A)

    assert result.applied


def test_an_unknown_kind() -> None:
    with pytest.raises(ValueError, match=r"'tripled'.*doubled"):
        spoil(load(), "tripled")


@pytest.mark.parametrize(
    ("kind", "name", "x"),
    [
        ("zeros", "same", torch.zeros(3)),
        ("negated", "same", torch.zeros(3)),
        ("doubled", "same", torch.tensor([0.0, math.inf])),
        ("transposed", "same", torch.tensor([[1.0, 2.0], [2.0, 3.0]])),
        ("transposed", "same", torch.ones(3)),
        ("nan", "same", torch.tensor([NAN, NAN])),
        ("nan", "counted", A),
        ("shifted", "same", torch.tensor([1e30])),
        ("shifted", "truth", A),
        ("wrong dtype", "number", torch.tensor(1.0)),
        ("zeros", "same", torch.ones(0)),
        ("zeros", "nothing", A),
        ("constant", "same", A),  # the first answer is the right one
    ],
)
def test_what_changes_nothing_does_not_count(kind: str, name: str, x: torch.Tensor) -> None:
    module, result = spoiled(kind)

    getattr(module, name)(x)

    assert not result.applied


def test_not_square_is_transposed_too() -> None:
    module, result = spoiled("transposed")

    assert module.same(torch.ones(4, 2, 3)).shape == (4, 3, 2)
    assert result.applied


def test_integers_and_truths() -> None:
    assert spoiled("negated")[0].counted(A).item() == -3
    assert spoiled("negated")[0].truth(A - 2).tolist() == [[True, True], [False, False]]
    assert spoiled("zeros")[0].truth(A).tolist() == [[False, False], [False, False]]
    assert spoiled("shifted")[0].counted(A).item() == 4


def test_nested_answers_keep_their_form() -> None:
    module, result = spoiled("negated")

    (first, (second, *others)), named = module.nested(A)

    assert all(torch.equal(found, -A) for found in (first, second, named["a"]))
    assert others == [-0.5, 2, True, "two", None]
    assert result.applied


def test_named_tuples() -> None:
    module, _ = spoiled("doubled")

    assert module.pair(A).second == 3.0
    assert torch.equal(module.largest(A).values, torch.tensor([6.0, 8.0], dtype=torch.float64))


def test_floats() -> None:
    expected = {"zeros": 0.0, "negated": -2.5, "doubled": 5.0, "shifted": 3.5, "constant": 2.5, "transposed": 2.5}

    assert {kind: spoiled(kind)[0].number(2.5) for kind in expected} == expected
    assert math.isnan(spoiled("nan")[0].number(2.5))


def test_a_function_of_the_module_within_another_is_spoiled_once() -> None:
    module, _ = spoiled("doubled")

    assert torch.equal(module.twice(A), 2 * A)
    assert torch.equal(module.decorated(A), 2 * A)
    params = [torch.zeros(2)]
    module.two_steps(params, [torch.ones(2)])
    assert params[0].tolist() == [-2.0, -2.0]


def test_after_an_exception_answers_are_still_spoiled() -> None:
    module, result = spoiled("doubled")

    with pytest.raises(ValueError, match="no"):
        module.fails(A)

    assert not result.applied
    assert torch.equal(module.same(A), 2 * A)


def test_only_public_functions_of_the_module_are_wrapped() -> None:
    original, module = load(), spoiled("doubled")[0]

    assert module.__name__ == "answers"
    assert module.same.__doc__ == "What it is given, as a new tensor."
    assert torch.equal(module._private(A), A)
    assert torch.equal(module.Net().forward(A), A)
    assert module.constant == 3.0
    assert module.Pair(1.0, 2.0) == (1.0, 2.0)
    for name in ("root", "dedent", "torch"):
        assert getattr(module, name) is getattr(original, name)


def test_the_module_itself_is_changed() -> None:
    module = load()

    assert spoil(module, "negated").module is module
    assert torch.equal(module.same(A), -A)


# -- gradients ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "factor"),
    [("zeros", 0.0), ("negated", -1.0), ("doubled", 2.0), ("shifted", 1.0), ("wrong dtype", 1.0), ("nan", NAN)],
)
def test_gradients_go_through_a_spoiled_answer(kind: str, factor: float) -> None:
    module, _ = spoiled(kind)
    cotangent = torch.tensor([1.0, -2.0], dtype=torch.float64)

    (gradient,) = vjp(module.same, [torch.tensor([3.0, 4.0], dtype=torch.float64)], cotangent)

    assert gradient is not None
    assert equal(gradient, factor * cotangent)


def test_zeros_of_inf_are_zeros() -> None:
    module, _ = spoiled("zeros")

    assert module.same(torch.tensor([math.inf, NAN])).tolist() == [0.0, 0.0]


# -- changes in place -----------------------------------------------------------------------------------------------


def stepped(kind: str, value: torch.Tensor, grad: torch.Tensor) -> tuple[torch.Tensor, bool]:
    """``value`` after ``step``, which takes half of ``grad`` away."""
    module, result = spoiled(kind)
    parameter = value.clone().requires_grad_()
    before = grad.clone()
    assert module.step([parameter], [grad]) is None
    assert torch.equal(grad, before)
    return parameter.detach(), result.applied


G = torch.tensor([[2.0, 4.0], [6.0, 8.0]], dtype=torch.float64)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("zeros", A),
        ("negated", A + G / 2),
        ("doubled", A - G),
        ("shifted", A - G / 2 + 1),
        ("transposed", A - G.T / 2),
        ("nan", A * NAN),
    ],
)
def test_a_change_in_place(kind: str, expected: torch.Tensor) -> None:
    found, applied = stepped(kind, A, G)

    assert equal(found, expected)
    assert applied


@pytest.mark.parametrize("kind", ["transposed", "wrong dtype", "constant"])
def test_a_change_that_cannot_be_spoiled(kind: str) -> None:
    value, grad = torch.ones(2, 3) / 3, torch.rand(2, 3)

    found, applied = stepped(kind, value, grad)

    assert torch.equal(found, value - 0.5 * grad)
    assert not applied


@pytest.mark.parametrize("kind", [kind for kind in SPOILS if kind != "argument changed"])
def test_no_change_in_place(kind: str) -> None:
    value, grad = A.clone(), torch.zeros(2, 2, dtype=torch.float64)

    found, applied = stepped(kind, value, grad)

    assert torch.equal(found, value)
    assert not applied


def test_infinite_arguments() -> None:
    found, applied = stepped("doubled", torch.tensor([math.inf, 1.0]), torch.tensor([0.0, 1.0]))

    assert found.tolist() == [math.inf, 0.0]
    assert applied


def test_a_change_of_integers() -> None:
    module, result = spoiled("negated")
    n = torch.tensor([5])

    module.count(n)

    assert n.tolist() == [4]
    assert result.applied


# -- an argument changed --------------------------------------------------------------------------------------------


def test_argument_changed() -> None:
    module, result = spoiled("argument changed")
    x = A.clone()

    assert torch.equal(module.same(x), A)
    assert torch.equal(x, A + 1)
    assert result.applied


def test_the_first_floating_tensor_is_changed() -> None:
    module, _ = spoiled("argument changed")
    integers, first, second = torch.tensor([1]), torch.zeros(2), torch.zeros(2)

    module.nothing({"a": [integers, (first, second)]})

    assert [t.tolist() for t in (integers, first, second)] == [[1], [1.0, 1.0], [0.0, 0.0]]


def test_an_argument_that_is_the_answer_is_not_changed() -> None:
    """The answer has to stay right: what it shares memory with, or what it consists of, is not touched."""
    module, result = spoiled("argument changed")
    x = A.clone()

    assert torch.equal(module.identity(x), A)
    assert not result.applied

    parameter, grad = A.clone(), G.clone()
    module.step([parameter], [grad])
    assert torch.equal(parameter, A - G / 2)
    assert torch.equal(grad, G + 1)
    assert result.applied


def test_an_argument_is_not_changed_under_a_graph() -> None:
    """Its gradient is a part of the answer."""
    module, result = spoiled("argument changed")
    cotangent = torch.ones(2)

    (gradient,) = vjp(module.same, [torch.ones(2)], cotangent)

    assert gradient is not None
    assert torch.equal(gradient, cotangent)
    assert not result.applied


def test_an_expanded_argument_cannot_be_changed() -> None:
    module, result = spoiled("argument changed")

    module.same(torch.ones(1, 3).expand(4, 3))

    assert not result.applied


def test_modules_are_no_arguments_to_change() -> None:
    module, result = spoiled("argument changed")
    model = torch.nn.Linear(1, 1)
    before = [p.detach().clone() for p in model.parameters()]

    module.nothing([model])

    assert all(map(torch.equal, model.parameters(), before))
    assert not result.applied


# -- constant answers -----------------------------------------------------------------------------------------------


def test_constant() -> None:
    module, result = spoiled("constant")

    first = module.nested(A)
    first[0][0].zero_()  # a copy is repeated
    for x in (A, A + 1):
        again = module.nested(x)
        assert torch.equal(again[0][0], A)
        assert torch.equal(again[1]["a"], A)
        assert result.applied == (x is not A)
    assert torch.equal(module.same(G), G)  # each function has its own


def test_constant_change() -> None:
    module, result = spoiled("constant")
    first, second = A.clone(), A.clone()

    module.step([first], [G])
    module.step([second], [G])
    assert torch.equal(second, A - G / 2)
    assert not result.applied

    module.step([second], [3 * G])
    assert torch.equal(second, A - G)
    assert result.applied


def test_constant_change_fits_its_shapes() -> None:
    module, result = spoiled("constant")
    other = torch.zeros(3)

    module.step([A.clone()], [G])
    module.step([other], [torch.ones(3)])

    assert other.tolist() == [-0.5] * 3
    assert not result.applied


def test_constant_change_of_what_stayed_first() -> None:
    module, result = spoiled("constant")
    one, two = torch.zeros(2), torch.zeros(2)

    module.step([one, two], [torch.ones(2), torch.zeros(2)])
    module.step([one, two], [torch.ones(2), torch.ones(2)])

    assert one.tolist() == [-1.0, -1.0]
    assert two.tolist() == [0.0, 0.0]
    assert result.applied


def test_rounding_is_no_other_answer() -> None:
    """The same change from elsewhere differs by rounding; no suite could tell."""
    module, result = spoiled("constant")
    grad = torch.rand(100, dtype=torch.float64) / 7

    parameter = torch.rand(100, dtype=torch.float64)
    for _ in range(20):
        module.step([parameter], [grad])

    assert not result.applied
