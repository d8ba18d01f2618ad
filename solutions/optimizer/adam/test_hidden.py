"""Hidden suite for ``optimizer/adam``.

Where ``eps`` is 0, or nearly so, it can stand in the wrong place without harm: that mistake costs the checks that are
about it. Likewise the decay is left out where something else is asked.
"""

import pytest
import torch
from torch.optim.adam import adam as torch_adam

from grader.testing import assert_close, assert_trajectory, award, expect, is_close

SHAPES = ((3, 4), (5,), (), (2, 1, 3))


@pytest.mark.points(1)
@pytest.mark.parametrize(("lr", "eps"), [(0.3, 0.1), (0.02, 1e-8)])
@pytest.mark.parametrize("dtypes", [(torch.float32,), (torch.float64,), (torch.float64, torch.float32)])
def test_first_step(student, randn, dtypes, lr, eps):
    """The first step, for several shapes, layouts and dtypes: lr · g / (|g| + eps), whatever the betas."""
    start, grads = _draw(randn, *dtypes), _draw(randn, *dtypes)
    params, right = _copy(start), [p - lr * g / (g.abs() + eps) for p, g in zip(start, grads, strict=True)]

    student.adam_step(params, grads, *_fresh(start), lr, (0.7, 0.95), eps)

    assert_close(params, right, what="`params`")

    # The same with tensors that do not lie in memory in the order of their elements.
    params, grads, right = ([_turned(t) for t in tensors] for tensors in (_copy(start), grads, right))

    student.adam_step(params, grads, *_fresh(params), lr, (0.7, 0.95), eps)

    assert_close(params, right, what="the transposed `params`")


@pytest.mark.points(3)
@pytest.mark.parametrize(
    "settings",
    [
        {"lr": 0.1, "betas": (0.5, 0.6), "eps": 1e-2},
        {"lr": 0.03, "betas": (0.8, 0.95), "eps": 0.3},
        {"lr": 0.2, "betas": (0.95, 0.7), "eps": 1e-3},
        {"lr": 0.05, "betas": (0.0, 0.9), "eps": 0.1},
        {"lr": 0.05, "betas": (0.9, 0.0), "eps": 0.1},
        {"lr": 0.02},
    ],
    ids=str,
)
def test_trajectory(student, reference, randn, settings):
    """Nine steps without weight decay, for several betas and eps, and for their defaults."""
    start, grads = _draw(randn), [_draw(randn) for _ in range(9)]

    mine, _ = _walk(student, start, grads, [settings] * 9)
    theirs, _ = _walk(reference, start, grads, [settings] * 9)

    assert_trajectory(mine, theirs, what="the walk of `params`")


@pytest.mark.points(1)
@pytest.mark.parametrize("eps", [1e-2, 1e-4])
def test_small_gradients(student, reference, randn, eps):
    """Gradients no larger than eps: what counts is that eps is added to the root of the corrected second moment."""
    start = [torch.zeros_like(p) for p in _draw(randn)]  # so that the smallest step is seen
    grads = [[eps * g for g in _draw(randn)] for _ in range(6)]
    settings = [{"lr": 0.1, "betas": (0.6, 0.8), "eps": eps}] * 6

    mine, _ = _walk(student, start, grads, settings)
    theirs, _ = _walk(reference, start, grads, settings)

    assert_trajectory(mine, theirs, what="the walk of `params`")


@pytest.mark.points(2)
@pytest.mark.parametrize("kind", [{"decoupled": False}, {"decoupled": True}, {}], ids=str)
@pytest.mark.parametrize(("lr", "weight_decay"), [(0.1, 0.5), (0.4, 0.06)])
def test_weight_decay(student, reference, randn, kind, lr, weight_decay):
    """Seven steps with weight decay: as an L2 penalty, decoupled, and the kind that it is if nothing is said."""
    start, grads = _draw(randn), [_draw(randn) for _ in range(7)]
    settings = {"lr": lr, "betas": (0.8, 0.9), "eps": 0.0, "weight_decay": weight_decay, **kind}

    mine, _ = _walk(student, start, grads, [settings] * 7)
    theirs, _ = _walk(reference, start, grads, [settings] * 7)

    assert_trajectory(mine, theirs, what="the walk of `params`")


@pytest.mark.points(1)
@pytest.mark.parametrize("decoupled", [False, True])
def test_like_torch(student, randn, decoupled):
    """Six steps take the parameters where torch.optim.Adam and torch.optim.AdamW take them."""
    start, grads = _draw(randn), [_draw(randn) for _ in range(6)]
    settings = {"lr": 0.1, "eps": 1e-2, "weight_decay": 0.3}
    theirs, exp_avgs, exp_avg_sqs, _ = _copy(start), *_fresh(start)
    counts = [torch.tensor(0.0) for _ in start]
    for step in grads:  # what the classes call in their step(): to make an object of one costs seconds, once a process
        torch_adam(
            theirs, step, exp_avgs, exp_avg_sqs, [], counts, foreach=False, decoupled_weight_decay=decoupled,
            amsgrad=False, beta1=0.7, beta2=0.8, maximize=False, **settings,
        )  # fmt: skip

    mine, _ = _walk(student, start, grads, [settings | {"betas": (0.7, 0.8), "decoupled": decoupled}] * 6)

    assert_close(mine[-1], theirs, what="`params`")


@pytest.mark.points(2)
@pytest.mark.parametrize("betas", [(0.6, 0.85), (0.95, 0.3), (0.0, 0.0)])
def test_state(student, reference, randn, betas):
    """From moments and counts in the middle of training: both moments and the counts are kept from step to step."""
    start, grads = _draw(randn), [_draw(randn) for _ in range(3)]
    state = _draw(randn), [m.abs() for m in _draw(randn)], [7, 0, 2, 31]
    settings = [{"lr": 0.1, "betas": betas, "eps": 0.0}] * 3

    params, (exp_avgs, exp_avg_sqs, steps) = _walk(student, start, grads, settings, state)
    theirs, kept = _walk(reference, start, grads, settings, state)

    moved = any(not torch.equal(now, then) for now, then in zip(exp_avgs, state[0], strict=True))
    expect(moved, "After three steps the caller's own `exp_avgs` are what they were.")
    assert_close(exp_avgs, kept[0], what="`exp_avgs`")
    assert_close(exp_avg_sqs, kept[1], what="`exp_avg_sqs`")
    assert_close(steps, kept[2], what="`steps`")
    if not is_close(params[-1], theirs[-1]):
        award(0.5, "Both moments and the counts are right; the parameters are not, which are made from them.")


@pytest.mark.points(1)
@pytest.mark.parametrize("decoupled", [False, True])
def test_schedule(student, reference, randn, decoupled):
    """The learning rate changes on the way: the new one counts for the whole step, decoupled decay included."""
    start, grads = _draw(randn), [_draw(randn) for _ in range(7)]
    others = {"betas": (0.7, 0.9), "eps": 0.0, "weight_decay": 0.2, "decoupled": decoupled}
    settings = [{"lr": lr, **others} for lr in (0.1, 0.1, 0.01, 0.01, 0.3, 0.0, 0.05)]

    mine, _ = _walk(student, start, grads, settings)
    theirs, _ = _walk(reference, start, grads, settings)

    assert_trajectory(mine, theirs, what="the walk of `params`")


@pytest.mark.points(2)
@pytest.mark.parametrize("decoupled", [False, True])
def test_no_gradient(student, reference, randn, decoupled):
    """Some parameters have no gradient in some steps: they stay, and each one's steps are counted for itself."""
    start, settings = _draw(randn), {"lr": 0.1, "betas": (0.8, 0.9), "eps": 0.0, "weight_decay": 0.4}
    without = [(0, 3), (0,), (1, 3), (), (2,)]
    grads = [[None if i in skip else g for i, g in enumerate(_draw(randn))] for skip in without]

    mine, state = _walk(student, start, grads, [settings | {"decoupled": decoupled}] * 5)
    theirs, kept = _walk(reference, start, grads, [settings | {"decoupled": decoupled}] * 5)

    still = all(torch.equal(mine[0][i], start[i]) for i in without[0])
    expect(still, "A parameter whose gradient is None was changed.")
    assert_trajectory(mine, theirs, what="the walk of `params`")
    assert_close(state, kept, what="(`exp_avgs`, `exp_avg_sqs`, `steps`)")


@pytest.mark.points(1)
@pytest.mark.parametrize("decoupled", [False, True])
def test_zero_gradient(student, reference, randn, decoupled):
    """A gradient of zeros is a gradient: the step goes on along the moments, with decay, and is counted."""
    start, grads = _draw(randn), [_draw(randn) for _ in range(5)]
    for step, zeros in enumerate([(0,), (0, 1), (0, 2, 3), (0, 2), (0, 1, 2, 3)]):
        for index in zeros:
            grads[step][index].zero_()
    settings = [{"lr": 0.1, "betas": (0.8, 0.9), "eps": 1e-12, "weight_decay": 0.3, "decoupled": decoupled}] * 5

    mine, state = _walk(student, start, grads, settings)
    theirs, kept = _walk(reference, start, grads, settings)

    assert_trajectory(mine, theirs, what="the walk of `params`")
    assert_close(state, kept, what="(`exp_avgs`, `exp_avg_sqs`, `steps`)")


@pytest.mark.points(1)
@pytest.mark.parametrize("kind", [{"weight_decay": 0.3}, {}, {"weight_decay": 0.3, "decoupled": True}], ids=str)
def test_gradients_untouched(student, reference, randn, kind):
    """The right step, with the gradients left as they were and nothing returned."""
    start, grads = _draw(randn), _draw(randn)
    params, theirs, before = _copy(start), _copy(start), _copy(grads)
    settings = {"lr": 0.1, "betas": (0.6, 0.7), "eps": 0.0, **kind}
    state, kept = _fresh(start), _fresh(start)

    for _ in range(2):  # a moment that is the gradient itself changes it in the second step
        result = student.adam_step(params, grads, *state, **settings)
        reference.adam_step(theirs, before, *kept, **settings)

    for now, then in zip(grads, before, strict=True):
        expect(torch.equal(now, then), "The call changed a gradient in place.")
    expect(result is None, "The function returns something: it should change the parameters and return None.")
    if "decoupled" not in kind:  # how it decays is asked elsewhere
        assert_close(params, theirs, what="`params`")


@pytest.mark.points(1)
@pytest.mark.parametrize(("samples", "inputs", "outputs"), [(7, 3, 2), (5, 2, 4)])
@pytest.mark.parametrize("decay", [{}, {"weight_decay": 0.3}, {"weight_decay": 0.3, "decoupled": True}], ids=str)
def test_model(student, reference, randn, samples, inputs, outputs, decay):
    """It trains a model: the model's own parameters move, and they require grad."""
    weight, bias = randn(outputs, inputs, dtype=torch.float64), randn(outputs, dtype=torch.float64)
    data = randn(samples, inputs, dtype=torch.float64), randn(samples, outputs, dtype=torch.float64)
    settings = {"lr": 0.1, "betas": (0.8, 0.9), "eps": 0.0, **decay}

    trained = student.run("train", weight, bias, *data, 6, **settings)
    theirs = reference.run("train", weight, bias, *data, 6, **settings)

    params = trained["params"]
    moved = not torch.equal(params[0], weight) or not torch.equal(params[1], bias)
    expect(moved, "The model did not move: after six steps its own parameters are what they were.")
    kept = all(bool(v.any()) for v in trained["exp_avgs"] + trained["exp_avg_sqs"])
    expect(kept, "Moments are still zero: the tensors that were handed in have not changed.")
    expect(not trained["graph"], "The moments carry a graph that grows with every step: see `torch.no_grad()`.")
    if decay:  # how it decays is asked elsewhere
        assert_close(trained["held"], params, what="the memory that others hold on to")
    else:
        assert_close(params[0], theirs["params"][0], what="the model's weight")
        assert_close(params[1], theirs["params"][1], what="the model's bias")
        assert_close(trained["held"], theirs["params"], what="the memory that others hold on to")
    assert_close(trained["steps"], theirs["steps"], what="`steps`")


def _draw(randn, *dtypes):
    dtypes = dtypes or (torch.float64,)
    return [randn(*shape, dtype=dtypes[index % len(dtypes)]) for index, shape in enumerate(SHAPES)]


def _copy(tensors):
    return [None if tensor is None else tensor.clone() for tensor in tensors]


def _turned(tensor):
    """The same numbers at the same indices, in memory as if all dimensions were in the reverse order."""
    dims = tuple(reversed(range(tensor.dim())))
    return tensor.permute(dims).contiguous().permute(dims)


def _fresh(params):
    """Both moments and the counts before the first step."""
    return [torch.zeros_like(p) for p in params], [torch.zeros_like(p) for p in params], [0] * len(params)


def _walk(module, start, grads, settings, state=None):
    """The parameters after every step and the state after the last; ``grads`` and ``settings`` have one a step.

    ``state`` are both moments and the counts before the first step, zeros if not given.
    """
    params, path = _copy(start), []
    exp_avgs, exp_avg_sqs, steps = state or _fresh(start)
    state = _copy(exp_avgs), _copy(exp_avg_sqs), list(steps)
    for step, hyperparameters in zip(grads, settings, strict=True):
        module.adam_step(params, _copy(step), *state, **hyperparameters)
        path.append(_copy(params))
    return path, state
