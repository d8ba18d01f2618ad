"""The vocabulary of suites.

A check that is not met raises :class:`CheckFailed`. Its ``feedback`` is for the student and holds no expected value;
its ``detail`` (actual and expected at the first differing index) is shown for public suites only.

Tolerances are relative to the largest magnitude in the expected tensor, not elementwise: an element that is nearly
zero by cancellation is then no false alarm. Defaults by dtype: float64 1e-9, float32 1e-5, float16 1e-3,
bfloat16 1.6e-2 (the last two are those of ``torch.testing.assert_close``); on a GPU four times as much for float32.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from grader.convergence import RUNS, Band, Measurement
from grader.result import shown
from grader.worker.wire import Foreign

if TYPE_CHECKING:
    import torch

_RTOL = {"float64": 1e-9, "complex128": 1e-9, "float32": 1e-5, "complex64": 1e-5, "float16": 1e-3, "bfloat16": 1.6e-2}
_ATOL = {"float64": 1e-12, "complex128": 1e-12, "float32": 1e-7, "complex64": 1e-7, "float16": 1e-5, "bfloat16": 1e-5}
GRADIENT_RTOL = {"float64": 1e-8, "float32": 1e-4}
_RAISED = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)  # by a student's code
TRAJECTORY_RTOL = {"float64": 1e-9, "float32": 1e-4}
# A GPU adds up in another order for each shape and each way of writing a formula.
_ON_GPU = {"float32": 4.0, "complex64": 4.0}


class CheckFailed(AssertionError):
    """The answer is not right. ``cause``: type, dtype, shape, device, nonfinite, value, trajectory or convergence."""

    def __init__(self, cause: str, feedback: str, detail: str = "") -> None:
        super().__init__(f"{feedback}\n{detail}" if detail else feedback)
        self.cause = cause
        self.feedback = feedback
        self.detail = detail


class Awarded(Exception):
    """The check ends with a part of its points; raised by :func:`award`."""

    def __init__(self, part: float, feedback: str) -> None:
        super().__init__(feedback)
        self.part = part
        self.feedback = feedback


class HasVjp(Protocol):
    """``student`` or ``reference``."""

    def vjp(self, name: str, inputs: Sequence[Any], cotangent: Any) -> tuple[Any, ...]: ...


def award(part: float, feedback: str) -> NoReturn:
    """End this check with ``part`` (0 ≤ part < 1) of its points and tell the student ``feedback``."""
    if not 0 <= part < 1:
        raise ValueError(f"award({part!r}, …): expected a part of the points, 0 ≤ part < 1")
    raise Awarded(part, feedback)


def award_each(names: Collection[str], check: Callable[[str], None]) -> None:
    """``check(name)`` for each of ``names``: the check ends with the part of its points for which that passed.

    What one of them raises takes nothing from the others. When none passes, the first failure stands as it is.
    """
    failures: list[tuple[str, Exception]] = []
    for name in names:
        try:
            check(name)
        except (CheckFailed, *_RAISED) as failure:
            failures.append((name, failure))
    if len(failures) == len(names):
        raise failures[0][1]
    if failures:
        award(1 - len(failures) / len(names), _words(*failures[0]))


def _words(name: str, failure: Exception) -> str:
    if isinstance(failure, CheckFailed):
        return failure.feedback
    return f"{name} is not written yet." if isinstance(failure, NotImplementedError) else f"{name}: {failure}"


def expect(condition: bool, feedback: str) -> None:
    """Unless ``condition`` holds, the check fails and the student reads ``feedback``."""
    if not condition:
        raise CheckFailed("value", feedback)


def assert_close(
    actual: Any, expected: Any, *, rtol: float | None = None, atol: float | None = None, what: str = "the result"
) -> None:
    """``actual`` is like ``expected``: type, then dtype, shape, device, finiteness, and only then the numbers.

    ``expected`` is a tensor, a number, a bool, None, a str, or a list, tuple or dict of these; lists and tuples pass
    for each other. ``rtol`` is relative to the largest magnitude in each expected tensor. NaN and inf are accepted
    exactly where ``expected`` has them. ``what`` names the value in the feedback ("the gradient of weight").
    """
    import torch

    if isinstance(expected, torch.Tensor):
        _tensor_close(actual, expected, rtol, atol, what)
    elif isinstance(expected, bool) or expected is None or isinstance(expected, str):
        _require_type(actual, type(expected), what)
        if actual != expected:
            raise CheckFailed("value", f"{_start(what)} is {actual!r}, which is not right.", f"expected {expected!r}")
    elif isinstance(expected, int | float):
        _number_close(actual, expected, rtol, atol, what)
    elif isinstance(expected, list | tuple):
        _require_type(actual, (list, tuple), what)
        _require_length(actual, expected, what)
        for index, (mine, theirs) in enumerate(zip(actual, expected, strict=True)):
            assert_close(mine, theirs, rtol=rtol, atol=atol, what=f"{what}[{index}]")
    elif isinstance(expected, dict):
        _require_type(actual, dict, what)
        if actual.keys() != expected.keys():
            raise CheckFailed(
                "type",
                f"{_start(what)} has the keys {sorted(map(str, actual))}, expected {sorted(map(str, expected))}.",
            )
        for key, theirs in expected.items():
            assert_close(actual[key], theirs, rtol=rtol, atol=atol, what=f"{what}[{key!r}]")
    else:
        raise TypeError(f"assert_close cannot compare with a {type(expected).__name__}")


def is_close(actual: Any, expected: Any) -> bool:
    """Whether :func:`assert_close` would pass; any two plain values may be compared."""
    if isinstance(expected, Foreign):
        return isinstance(actual, Foreign) and actual.type_name == expected.type_name
    if isinstance(expected, bytes | complex):
        return bool(actual == expected)
    if isinstance(expected, list | tuple) and isinstance(actual, list | tuple):
        return len(actual) == len(expected) and all(map(is_close, actual, expected))
    if isinstance(expected, dict) and isinstance(actual, dict):
        return actual.keys() == expected.keys() and all(is_close(actual[key], expected[key]) for key in expected)
    try:
        assert_close(actual, expected)
    except CheckFailed:
        return False
    return True


def assert_gradients(
    student: HasVjp,
    reference: HasVjp,
    name: str,
    inputs: Sequence[Any],
    randn: Callable[..., torch.Tensor],
    *,
    names: Sequence[str] = (),
    rtol: float | None = None,
) -> None:
    """Autograd finds the same gradients through ``student.<name>`` as through the reference.

    Both are differentiated at ``inputs`` (positional arguments) with one *random* cotangent drawn from ``randn``: with
    a cotangent of ones, as in ``out.sum().backward()``, the gradient of a softmax or a norm is zero and zeros pass.
    ``names`` are the arguments' names for the feedback. Default rtol: float64 1e-8, float32 1e-4.
    """
    import torch

    with torch.no_grad():
        output = getattr(reference, name)(*inputs)
    single = isinstance(output, torch.Tensor)
    cotangents = [randn(*o.shape, dtype=o.dtype) for o in ([output] if single else output)]
    cotangent = cotangents[0] if single else cotangents
    expected = reference.vjp(name, inputs, cotangent)
    actual = student.vjp(name, inputs, cotangent)
    for index, (mine, theirs) in enumerate(zip(actual, expected, strict=True)):
        if theirs is None:
            continue
        argument = names[index] if index < len(names) else f"argument {index + 1}"
        if mine is None:
            words = f"No gradient reaches {argument}: the graph was cut (detach, item, no_grad), or it is not used."
            raise CheckFailed("gradient", words)
        tolerance = rtol or GRADIENT_RTOL.get(_name(theirs.dtype))
        assert_close(mine, theirs, rtol=tolerance, what=f"the gradient of {argument}")


def assert_trajectory(
    actual: Any,
    expected: Sequence[Any],
    *,
    rtol: float | None = None,
    what: str = "the loss",
    unit: str = "step",
) -> None:
    """Training takes the same way as the reference's: ``actual[k]`` is close to ``expected[k]`` at every step k.

    ``unit`` is what an entry stands for ("step", "epoch"). Meant for the first 10 to 20 steps from the same start;
    rounding alone needs far more to reach the default rtol (float64 and Python floats 1e-9, float32 1e-4).
    """
    import torch

    _require_type(actual, (list, tuple), what)
    _require_length(actual, expected, what)
    for step, (mine, theirs) in enumerate(zip(actual, expected, strict=True)):
        first = theirs if isinstance(theirs, torch.Tensor | float | int) else theirs[0]
        dtype = _name(first.dtype) if isinstance(first, torch.Tensor) else "float64"
        try:
            assert_close(mine, theirs, rtol=rtol or TRAJECTORY_RTOL.get(dtype), what=f"{what} at {unit} {step}")
        except CheckFailed as failure:
            if failure.cause != "value":
                raise
            words = f"{_start(what)} leaves the right path at {unit} {step} (counted from 0)."
            raise CheckFailed("trajectory", words, failure.detail) from None


def assert_converges(
    run: Callable[[Any, int], float],
    student: Any,
    band: Band | Measurement,
    *,
    beside: Any = None,
    within: float = 0.05,
    lower: bool = True,
) -> None:
    """Training arrives: the median loss of five runs lies in ``band``, where the reference's runs have arrived.

    ``run(who, seed)`` trains once with the code of ``who``, on data, initial weights and batches drawn from ``seed``,
    and returns the loss that is computed *here*, from the weights that came back, on samples that training never saw:
    what the student's code says its loss was is no evidence. ``band`` is the fixture; ``gradstep measure`` makes it.

    Where the recipe leaves the student no choice, hand ``beside=reference``: each run must then also end ``within`` the
    reference's own loss for the same seed (relative; the median over the five runs counts). Where the student chooses
    the recipe and may do better, ``lower=False`` leaves out the band's lower edge.
    """
    if isinstance(band, Measurement):
        band.run(lambda seed: run(student, seed))
        return
    seeds = range(band.first, band.first + RUNS)  # secret ones: for known seeds, weights can be trained beforehand
    losses = [_loss(run, student, seed) for seed in seeds]
    loss = statistics.median(losses)
    if not math.isfinite(loss):
        words = "With the weights that training returned, the loss is not finite: training diverged."
        raise CheckFailed("nonfinite", words)
    if loss > band.high:
        words = "With the weights that training returned, the loss is higher than where this recipe arrives."
        raise CheckFailed("convergence", words, f"loss {loss:.6g}, expected at most {band.high:.6g}")
    if lower and loss < band.low:
        words = "With the weights that training returned, the loss is lower than this recipe can reach."
        raise CheckFailed("convergence", words, f"loss {loss:.6g}, expected at least {band.low:.6g}")
    if beside is not None:
        theirs = [_loss(run, beside, seed) for seed in seeds]
        gap = statistics.median(abs(m - t) / max(abs(t), 1e-12) for m, t in zip(losses, theirs, strict=True))
        if gap > within:
            words = "Training arrives, but not where this recipe arrives from the same start with the same batches."
            raise CheckFailed("convergence", words, f"{gap:.1%} away in the median of {RUNS} runs")


def _loss(run: Callable[[Any, int], float], who: Any, seed: int) -> float:
    loss = float(run(who, seed))
    return math.inf if math.isnan(loss) else loss


# --- one value ----------------------------------------------------------------------------------------------------


def _tensor_close(actual: Any, expected: torch.Tensor, rtol: float | None, atol: float | None, what: str) -> None:
    import torch

    if type(actual) is not torch.Tensor and not isinstance(actual, torch.nn.Parameter):
        raise CheckFailed("type", f"{_start(what)} is {_describe(actual)}, expected a tensor.")
    if actual.shape != expected.shape:
        raise CheckFailed("shape", f"{_start(what)} has shape {tuple(actual.shape)}, expected {tuple(expected.shape)}.")
    if actual.dtype != expected.dtype:
        raise CheckFailed("dtype", f"{_start(what)} has dtype {_name(actual.dtype)}, expected {_name(expected.dtype)}.")
    if actual.device.type != expected.device.type:
        raise CheckFailed("device", f"{_start(what)} lies on {actual.device.type}, expected {expected.device.type}.")
    actual, expected = actual.detach(), expected.detach()
    if _plainly_close(actual, expected, rtol, atol):
        return
    odd = ~torch.isfinite(expected)
    if not torch.equal(odd, ~torch.isfinite(actual)) or not torch.equal(
        torch.nan_to_num(actual[odd]), torch.nan_to_num(expected[odd])
    ):
        raise CheckFailed("nonfinite", _nonfinite_words(actual, odd, what))
    if not _numbers_close(actual, expected, odd, rtol, atol):
        raise CheckFailed(
            "value", f"{_start(what)} has the right form, but its numbers are not right.", _first(actual, expected)
        )


def _plainly_close(actual: torch.Tensor, expected: torch.Tensor, rtol: float | None, atol: float | None) -> bool:
    """What most comparisons come to, in half the operations: all numbers are finite, and close."""
    import torch

    if expected.dtype not in (torch.float64, torch.float32) or not expected.numel():
        return False
    mine, theirs = actual.to(torch.float64), expected.to(torch.float64)
    gap = float((mine - theirs).abs().max())  # nan where either is nan, or both are the same infinity
    scale = float(theirs.abs().max())
    return math.isfinite(scale) and gap <= _allowed(expected, scale, rtol, atol)


def _allowed(expected: torch.Tensor, scale: float, rtol: float | None, atol: float | None) -> float:
    name = _name(expected.dtype)
    looser = _ON_GPU.get(name, 1.0) if expected.is_cuda else 1.0
    relative = looser * _RTOL[name] if rtol is None else rtol
    return relative * scale + (looser * _ATOL[name] if atol is None else atol)


def _numbers_close(
    actual: torch.Tensor, expected: torch.Tensor, odd: torch.Tensor, rtol: float | None, atol: float | None
) -> bool:
    import torch

    name = _name(expected.dtype)
    if name not in _RTOL:
        return bool(torch.equal(actual, expected))
    wide = torch.complex128 if expected.is_complex() else torch.float64
    mine, theirs = actual[~odd].to(wide), expected[~odd].to(wide)
    if not theirs.numel():
        return True
    scale = float(theirs.abs().max())
    return float((mine - theirs).abs().max()) <= _allowed(expected, scale, rtol, atol)


def _number_close(actual: Any, expected: float, rtol: float | None, atol: float | None, what: str) -> None:
    _require_type(actual, int if type(expected) is int else (float, int), what)
    if math.isnan(actual) != math.isnan(expected) or math.isinf(actual) != math.isinf(expected):
        raise CheckFailed("nonfinite", f"{_start(what)} is {actual}.")
    if type(expected) is int:
        close = actual == expected
    else:
        allowed = (1e-9 if rtol is None else rtol) * abs(expected) + (1e-12 if atol is None else atol)
        close = (
            actual == expected
            or math.isnan(expected)
            or (math.isfinite(expected) and abs(actual - expected) <= allowed)
        )
    if not close:
        raise CheckFailed("value", f"{_start(what)} is not the right number.", _found(actual, expected))


def _nonfinite_words(actual: torch.Tensor, odd: torch.Tensor, what: str) -> str:
    import torch

    bad = ~torch.isfinite(actual) & ~odd
    if not bool(bad.any()):
        return f"{_start(what)} should be inf or nan in some places, and is not."
    kind = "nan" if bool(torch.isnan(actual[bad]).any()) else "inf"
    return f"{_start(what)} is {kind} where it should be finite."


def _first(actual: torch.Tensor, expected: torch.Tensor) -> str:
    """The index of the worst element, and both values there."""
    import numpy
    import torch

    actual, expected = actual.cpu(), expected.cpu()
    gap = torch.nan_to_num((actual.to(torch.complex128) - expected.to(torch.complex128)).abs())
    index = tuple(int(i) for i in numpy.unravel_index(int(gap.argmax()), gap.shape)) if gap.dim() else ()
    where = f"at index {', '.join(map(str, index))}: " if index else ""
    return where + _found(actual[index].item(), expected[index].item())


def _found(actual: Any, expected: Any) -> str:
    """Both, with as many digits as it takes to tell them apart."""
    short = f"{actual:.6g}", f"{expected:.6g}"
    mine, theirs = short if short[0] != short[1] else (repr(actual), repr(expected))
    return f"found {mine}, expected {theirs}"


def _require_type(actual: Any, kind: type | tuple[type, ...], what: str) -> None:
    kinds = kind if isinstance(kind, tuple) else (kind,)
    if type(actual) not in kinds:
        raise CheckFailed("type", f"{_start(what)} is {_describe(actual)}, expected {_article(kinds[0].__name__)}.")


def _require_length(actual: Sequence[Any], expected: Sequence[Any], what: str) -> None:
    if len(actual) != len(expected):
        raise CheckFailed("shape", f"{_start(what)} has {len(actual)} entries, expected {len(expected)}.")


def _describe(value: Any) -> str:
    import torch

    if value is None:
        return "None (is a `return` missing?)"
    if isinstance(value, Foreign):
        return _article(shown(value.type_name, 200))
    return "a tensor" if isinstance(value, torch.Tensor) else _article(type(value).__name__)


def _article(noun: str) -> str:
    if noun == "NoneType":
        return "None"
    return f"an {noun}" if noun[:1].lower() in "aeiou" else f"a {noun}"


def _start(what: str) -> str:
    return what[:1].upper() + what[1:]


def _name(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")
