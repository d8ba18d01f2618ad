"""Pictures of pizzas, the parts that a recogniser is built from, and probes that watch it at work.

Generators and functions do not cross into the worker, so they are made here, from a seed.
"""

import functools
import types

import torch
from torch.nn import functional
from torch.optim.sgd import sgd
from torch.overrides import TorchFunctionMode
from torch.utils.data import BatchSampler, RandomSampler, SequentialSampler

KINDS = ("margherita", "salami", "olives", "onions")
SIZE = 12  # pixels along each side


# --- pictures ---------------------------------------------------------------------------------------------------------


def draw(count, generator):
    """``count`` pictures, float32 of shape (count, 1, 12, 12), and the kind of each, int64 in 0 … 3.

    A pizza is a bright disc with a brighter crust, never twice at the same place, in the same light or without noise.
    On it lie three slices of salami, a ring of olives, stripes of onion, or nothing at all.
    """

    def uniform(low, high, *shape):
        return low + (high - low) * torch.rand(*shape, generator=generator)

    labels = torch.randint(0, len(KINDS), (count,), generator=generator)
    centre, angle = uniform(-0.8, 0.8, 2, count, 1, 1), uniform(0.0, 6.2832, count, 1, 1)
    grid = torch.arange(SIZE) - (SIZE - 1) / 2
    across, down = grid[None, None, :] - centre[0], grid[None, :, None] - centre[1]
    radius = (across**2 + down**2).sqrt()

    base = 0.45 * (radius < 5.2) + 0.25 * ((radius - 4.6).abs() < 0.6)
    turns = angle + torch.arange(3) * 2.0944  # (count, 1, 3): three slices, a third of a turn apart
    slices = [(across - 2.6 * t.cos()) ** 2 + (down - 2.6 * t.sin()) ** 2 for t in turns.split(1, dim=2)]
    salami = torch.stack(slices).amin(dim=0) < 1.5**2
    olives = -((radius - 2.4).abs() < 0.6).float()  # dark ones
    stripes = torch.cos(2.1 * down + 0.4 * across + uniform(0.0, 6.2832, count, 1, 1)) > 0.3
    onions = stripes & (radius < 4.0)
    topping = torch.stack([torch.zeros_like(olives), salami, olives, onions])[labels, torch.arange(count)]

    light = uniform(0.7, 1.3, count, 1, 1)
    noise = 0.08 * torch.randn(count, SIZE, SIZE, generator=generator)
    return (light * (base + 0.4 * topping - 0.3) + noise)[:, None], labels


def pictures(student, count, seed):
    """What :func:`draw` draws from this seed."""
    return draw(count, torch.Generator().manual_seed(seed))


# --- parts ------------------------------------------------------------------------------------------------------------


def _sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    there = [index for index, grad in enumerate(grads) if grad is not None]
    chosen = ([tensors[index] for index in there] for tensors in (params, grads, velocities))
    options = {"lr": lr, "momentum": momentum, "weight_decay": weight_decay}
    with torch.no_grad():
        sgd(*chosen, dampening=0.0, nesterov=False, maximize=False, **options)


def _minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    order = RandomSampler(input, generator=generator) if shuffle else SequentialSampler(input)
    for batch in BatchSampler(order, batch_size, drop_last):
        yield input[batch], target[batch]


STAND_INS = {  # PyTorch's own, in place of what earlier exercises build
    "conv2d": functional.conv2d,
    "relu": torch.relu,
    "max_pool2d": functional.max_pool2d,
    "linear": functional.linear,
    "cross_entropy": functional.cross_entropy,
    "minibatches": _minibatches,
    "sgd_step": _sgd_step,
}


def parts(**others):
    """The functions that a recogniser is built from, as ``parts.conv2d`` and so on; ``others`` take places.

    They are those that the student built in earlier exercises, where these are at hand, right and quick.
    """
    return types.SimpleNamespace(**{**STAND_INS, **own_parts(), **others})


# --- the student's own parts ------------------------------------------------------------------------------------------

BUILT_IN = {  # part → the exercise in which it was built
    "conv2d": "forward/conv2d",
    "relu": "forward/activations",
    "linear": "forward/linear",
    "cross_entropy": "loss/cross_entropy",
    "minibatches": "loop/minibatches",
    "sgd_step": "optimizer/sgd",
}
MAX_CALLS = 300  # of functions of PyTorch in one trial: training calls each part some hundred times
earlier = globals().get("earlier", lambda exercise: None)  # where there is a grader, it says what is at hand


@functools.cache
def own_parts():
    """The student's own functions by name; a line of output says which they are, and what PyTorch stands in for."""
    own, reasons = {}, {}
    for name, exercise in BUILT_IN.items():
        part = getattr(earlier(exercise), name, None)
        reasons[name] = _why_not(name, part)
        if not reasons[name]:
            own[name] = part
    stands_in = [f"{name} ({why})" for name, why in reasons.items() if why]
    if len(stands_in) < len(BUILT_IN) or any(why != "not at hand" for why in reasons.values()):
        print(
            f"Parts of your own: {', '.join(own) or 'none'}. PyTorch stands in for: {', '.join(stands_in) or 'none'}."
        )
    return own


def _why_not(name, part):
    """Why a part is not used; empty when it is."""
    if part is None:
        return "not at hand"
    counted = _Counted()
    try:
        with counted:
            found = _TRIALS[name](part)
        close = all(_same(*pair) for pair in zip(found, _TRIALS[name](STAND_INS[name]), strict=True))
    except NotImplementedError:
        return "not written yet"
    except Exception as error:  # whatever a student's code raises, or gives back
        return f"yours raised {type(error).__name__}"
    if not close:
        return "yours gives other numbers"
    return "yours is right, but too slow to train with" if counted.calls > MAX_CALLS else ""


def _same(mine, right):
    return mine.shape == right.shape and mine.dtype == right.dtype and torch.allclose(mine, right)


class _Counted(TorchFunctionMode):
    """How many functions of PyTorch are called: unlike seconds, the same on every machine."""

    calls = 0

    def __torch_function__(self, func, types, args=(), kwargs=None):
        self.calls += 1
        return func(*args, **(kwargs or {}))


def _numbers(*shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(sum(shape)), dtype=torch.float64)


def _with_gradients(function, *inputs):
    """The result, and its gradients by the inputs for a cotangent that is not all ones."""
    inputs = [one.requires_grad_() for one in inputs]
    result = function(*inputs)
    return [result, *torch.autograd.grad(result, inputs, _numbers(*result.shape))]


def _try_conv2d(conv2d):
    images, kernels, bias = _numbers(3, 1, 6, 9), _numbers(4, 1, 3, 3), _numbers(4)
    return _with_gradients(lambda *given: conv2d(*given, padding=1), images, kernels, bias)


def _try_minibatches(minibatches):
    """Any order will do: of each batch the size and whether pictures keep their labels, and all that was seen."""
    order = torch.Generator().manual_seed(1)
    batches = list(minibatches(torch.arange(70.0), torch.arange(70.0) + 1, 16, shuffle=True, generator=order))
    input, target = (torch.cat(column) for column in zip(*batches, strict=True))
    return [torch.tensor([len(one) for one, _ in batches]), target - input, input.sort().values]


def _try_sgd_step(sgd_step):
    params, velocities = [_numbers(3, 2), _numbers(5)], [torch.zeros(3, 2).double(), torch.zeros(5).double()]
    for grads in ([_numbers(3, 2), _numbers(5)], [None, _numbers(5)]):
        sgd_step(params, grads, velocities, 0.1, 0.9, 0.01)
    return params


_TRIALS = {
    "conv2d": _try_conv2d,
    "relu": lambda relu: _with_gradients(relu, _numbers(5, 3)),
    "linear": lambda linear: _with_gradients(linear, _numbers(5, 3), _numbers(4, 3), _numbers(4)),
    "cross_entropy": lambda loss: _with_gradients(lambda input: loss(input, torch.tensor([2, 0, 1])), _numbers(3, 4)),
    "minibatches": _try_minibatches,
    "sgd_step": _try_sgd_step,
}


# --- probes -----------------------------------------------------------------------------------------------------------


def initialize(student, seeds, luck=0):
    """``{"params": what initialize returns for each seed, "luck": what the global generator gives afterwards}``.

    ``luck`` is the seed that the global generator starts from, which is to play no part.
    """
    torch.manual_seed(luck)
    params = [student.initialize(torch.Generator().manual_seed(seed)) for seed in seeds]
    return {"params": params, "luck": torch.rand(3)}


def forward(student, params, images, swapped=False):
    """The logits. With ``swapped`` each part does something else, and the logits should follow."""
    others = {
        "conv2d": lambda input, weight, *rest, **named: functional.conv2d(input, weight.flip(2, 3), *rest, **named),
        "relu": lambda input: functional.leaky_relu(input, 0.3),
        "max_pool2d": lambda *given, **named: 2 * functional.max_pool2d(*given, **named),
        "linear": lambda *given, **named: 3 * functional.linear(*given, **named),
    }
    return student.forward(parts(**others) if swapped else parts(), params, images)


def predict(student, params, images):
    """``{"labels": …, "probabilities": …, "graph": whether one of them carries one}``, for parameters in training."""
    params = [parameter.requires_grad_() for parameter in params]
    labels, probabilities = student.predict(parts(), params, images)
    graph = any(isinstance(one, torch.Tensor) and one.requires_grad for one in (labels, probabilities))
    return {"labels": labels, "probabilities": probabilities, "graph": graph}


def train(student, images, labels, steps, seed, luck=0):
    """``{"params": what train returns, "luck": what the global generator gives afterwards}``."""
    torch.manual_seed(luck)
    params = student.train(parts(), images, labels, steps, torch.Generator().manual_seed(seed))
    return {"params": params, "luck": torch.rand(3)}


def watch(student, images, labels, steps, seed):
    """Write down what happens while a recogniser trains.

    Returns ``{"params": what train returned, "batches": pairs (input, target) in the order in which ``minibatches``
    gave them, "steps": for each call of ``sgd_step`` the parameters "before" it and "after" it, and the "grads"}``.
    """
    batches, walked = [], []

    def minibatches(*given, **named):
        for input, target in parts().minibatches(*given, **named):
            batches.append((input.detach().clone(), target.clone()))
            yield input, target

    def sgd_step(params, grads, *rest, **named):
        before, grads = _copied(params), list(grads)
        copies = _copied(grads)
        parts().sgd_step(params, grads, *rest, **named)
        walked.append({"before": before, "grads": copies, "after": _copied(params)})

    watched = parts(minibatches=minibatches, sgd_step=sgd_step)
    params = student.train(watched, images, labels, steps, torch.Generator().manual_seed(seed))
    return {"params": params, "batches": batches, "steps": walked}


def practice(student, count, steps, seed):
    """``{"steps": the calls of sgd_step, "accuracy": of predict on 300 other pictures}``, trained on ``count``."""
    images, labels = draw(count + 300, torch.Generator().manual_seed(seed))
    calls = []

    def sgd_step(*given, **named):
        calls.append(None)
        parts().sgd_step(*given, **named)

    generator = torch.Generator().manual_seed(seed)
    params = student.train(parts(sgd_step=sgd_step), images[:count], labels[:count], steps, generator)
    found, _ = student.predict(parts(), params, images[count:])
    return {"steps": len(calls), "accuracy": float((found == labels[count:]).float().mean())}


def _copied(tensors):
    return [None if tensor is None else tensor.detach().clone() for tensor in tensors]
