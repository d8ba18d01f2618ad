"""Right: a generator of endless epochs cut to length by islice, and parameters drawn by normal_ on empty tensors."""

import itertools
import math

import torch

KERNELS, KINDS = 8, 4
SHAPES = (KERNELS, 1, 3, 3), (KERNELS,), (KINDS, KERNELS * 4 * 4), (KINDS,)


def initialize(generator):
    params = []
    for shape in SHAPES:
        if len(shape) == 1:
            params.append(torch.zeros(shape))
        else:
            fan_in = math.prod(shape[1:])
            params.append(torch.empty(shape).normal_(0.0, (2 / fan_in) ** 0.5, generator=generator))
    return params


def forward(parts, params, images):
    x = parts.conv2d(images, params[0], bias=params[1], stride=1, padding=1)
    x = parts.max_pool2d(parts.relu(x), kernel_size=3)
    return parts.linear(torch.reshape(x, (x.shape[0], -1)), params[2], params[3])


def _forever(parts, *args, **options):
    while True:
        yield from parts.minibatches(*args, **options)


def train(parts, images, labels, steps, generator):
    params = [p.to(images.device) for p in initialize(generator)]
    velocities = [p * 0 for p in params]
    batches = _forever(parts, images, labels, batch_size=48, shuffle=True, generator=generator)
    for input, target in itertools.islice(batches, steps):
        leaves = [p.detach().clone().requires_grad_() for p in params]
        parts.cross_entropy(forward(parts, leaves, input), target).backward()
        parts.sgd_step(params, [leaf.grad for leaf in leaves], velocities, 0.08, momentum=0.9)
    return params


@torch.no_grad()
def predict(parts, params, images):
    logits = forward(parts, params, images)
    probabilities = torch.exp(torch.log_softmax(logits, dim=-1))
    return logits.max(dim=-1).indices, probabilities
