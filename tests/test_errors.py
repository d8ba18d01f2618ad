"""What PyTorch and Python really say here and now, and what it means: a new version that says it otherwise is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.nn.functional as F

from grader.errors import meaning

from .fake_cuda import fake_cuda

ONES = torch.ones
DOUBLE = torch.ones(3, 3, dtype=torch.float64)
LONG = torch.ones(3, 3, dtype=torch.int64)


def leaf() -> torch.Tensor:
    return torch.ones(3, requires_grad=True)


def step_on_a_leaf() -> None:
    parameter = leaf()
    parameter -= 0.1


def write_into_a_leaf() -> None:
    parameter = leaf()
    parameter[0] = 1


def change_before_backward() -> None:
    output = leaf().exp()
    output += 1
    output.sum().backward()


def backward_twice() -> None:
    loss = leaf().square().sum()
    loss.backward()
    loss.backward()


def grow_in_place() -> None:
    total = ONES(3)
    total += ONES(2, 3)


def unpack(value: Any) -> None:
    rows, columns = value  # noqa: RUF059


def endless() -> Any:
    return endless()


def template(input: Any, target: Any) -> None:
    pass


def mix_devices() -> None:
    with fake_cuda():
        torch.ones(2, device="cuda") + torch.ones(2)


def optional(input: Any, target: Any = None) -> None:
    pass


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("matrix product", lambda: ONES(2, 3) @ ONES(2, 3)),
        ("matrix product", lambda: ONES(2, 3) @ ONES(2)),
        ("matrix product", lambda: ONES(2, 2, 3) @ ONES(2, 2, 3)),
        ("matrix product", lambda: F.linear(ONES(2, 3), ONES(4, 5))),
        ("matrix product", lambda: torch.addmm(ONES(2), ONES(2, 3), ONES(2, 3))),
        ("broadcast", lambda: ONES(2, 3) + ONES(2)),
        ("broadcast", lambda: ONES(2, 3, 4) @ ONES(3, 4, 2)),
        ("broadcast", lambda: torch.where(ONES(2) > 0, ONES(3), ONES(2))),
        ("broadcast", lambda: torch.einsum("ij,jk", ONES(2, 3), ONES(2, 3))),
        ("broadcast", grow_in_place),
        ("in-place on a leaf", step_on_a_leaf),
        ("in-place on a leaf", write_into_a_leaf),
        ("modified before backward", change_before_backward),
        ("no graph", lambda: ONES(2).sum().backward()),
        ("no graph", lambda: torch.autograd.grad(leaf().detach().sum(), leaf())),
        ("second backward", backward_twice),
        ("view", lambda: ONES(2, 3).T.view(-1)),
        ("truth of a tensor", lambda: ONES(2) or None),
        ("truth of a tensor", lambda: ONES(2) in [ONES(2) * 2]),
        ("empty stack", lambda: torch.stack([])),
        ("integers for floats", lambda: F.softmax(LONG, 1)),
        ("integers for floats", lambda: F.log_softmax(LONG, 1)),
        ("integers for floats", lambda: F.cross_entropy(LONG, LONG[0])),
        ("integers for floats", lambda: F.softmax(LONG.int(), 1)),
        ("dtypes mixed", lambda: DOUBLE @ ONES(3, 3)),
        ("dtypes mixed", lambda: DOUBLE @ ONES(3)),
        ("dtypes mixed", lambda: DOUBLE[None] @ ONES(1, 3, 3)),
        ("dtypes mixed", lambda: F.linear(ONES(2, 3), DOUBLE)),
        ("dtypes mixed", lambda: torch.addmm(DOUBLE[0], ONES(3, 3), ONES(3, 3))),
        ("devices mixed", mix_devices),
        *([] if torch.cuda.is_available() else [("no GPU", lambda: ONES(2).cuda())]),
        ("numpy of a graph", lambda: leaf().numpy()),
        ("number of dimensions", lambda: unpack(ONES(3).shape)),
        ("number of dimensions", lambda: unpack(ONES(3, 2, 1).shape)),
        ("number of dimensions", lambda: ONES(3).sum(1)),
        ("number of dimensions", lambda: ONES(()).select(0, 0)),
        ("None used", lambda: None.shape),  # type: ignore[attr-defined]
        ("None used", lambda: ONES(2) + None),  # type: ignore[operator]
        ("None used", lambda: torch.exp(None)),  # type: ignore[arg-type]
        ("None used", lambda: unpack(None)),
        ("signature", lambda: template(1)),  # type: ignore[call-arg]
        ("signature", lambda: template(1, 2, reduction="mean")),  # type: ignore[call-arg]
        ("signature", lambda: template(1, 2, 3)),  # type: ignore[call-arg]
        ("signature", lambda: optional(1, 2, 3)),  # type: ignore[call-arg]
        ("endless recursion", endless),
    ],
)
def test_a_usual_complaint_has_a_meaning(key: str, wrong: Callable[[], Any]) -> None:
    with pytest.raises(Exception) as raised:
        wrong()

    found = meaning(raised.type.__name__, str(raised.value))

    assert found is not None, raised.value
    assert found.key == f"error: {key}"
    assert found.words.endswith((".", "?"))
    assert found.certain


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: 1 / 0,
        lambda: undefined,  # type: ignore[name-defined]  # noqa: F821
        lambda: list(ONES(2))[5],
        lambda: {}["lr"],
        lambda: int("one"),
        lambda: ONES(2, 3).reshape(4),
        lambda: ONES(2, 3).transposed(),  # type: ignore[operator]
        lambda: F.one_hot(LONG, 1),
    ],
)
def test_a_complaint_that_speaks_for_itself_has_none(wrong: Callable[[], Any]) -> None:
    with pytest.raises(Exception) as raised:
        wrong()

    assert meaning(raised.type.__name__, str(raised.value)) is None


def test_what_a_probe_says_is_in_plain_words_already() -> None:
    message = "The function returned NoneType, expected a tensor."

    assert meaning("ProbeError", message) is None
    assert meaning("TypeError", message) is not None


def test_an_exception_without_words_has_no_meaning() -> None:
    assert meaning("", "") is None
    assert meaning("NotImplementedError", "") is None
