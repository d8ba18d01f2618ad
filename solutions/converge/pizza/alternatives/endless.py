"""An endless stream of batches; backward() into .grad, He's rule from torch.nn.init, pooling and softmax by hand."""

from itertools import islice

import torch

KERNELS, KINDS = 8, 4


def initialize(generator):
    params = [torch.empty(KERNELS, 1, 3, 3), torch.zeros(KERNELS), torch.empty(KINDS, 128), torch.zeros(KINDS)]
    for weight in params[::2]:
        torch.nn.init.kaiming_normal_(weight, nonlinearity="relu", generator=generator)
    return params


def forward(parts, params, images):
    maps = parts.conv2d(images, params[0], bias=params[1], stride=1, padding=1)
    cells = parts.max_pool2d(parts.relu(maps), kernel_size=3)
    return parts.linear(cells.reshape(len(images), -1), params[2], params[3])


def stream(parts, images, labels, generator):
    while True:
        yield from parts.minibatches(images, labels, 64, shuffle=True, generator=generator)


def train(parts, images, labels, steps, generator):
    params = [torch.nn.Parameter(start.to(images.device)) for start in initialize(generator)]
    velocities = [torch.zeros_like(p, requires_grad=False) for p in params]
    for number, (input, target) in enumerate(islice(stream(parts, images, labels, generator), steps)):
        for p in params:
            p.grad = None
        parts.cross_entropy(forward(parts, params, input), target).backward()
        lr = 0.1 * (1 - number / steps)  # falls to zero
        parts.sgd_step(params, [p.grad for p in params], velocities, lr=lr, momentum=0.9, weight_decay=1e-3)
    return [p.data for p in params]


def predict(parts, params, images):
    answers = forward(parts, [p.detach() for p in params], images)
    powers = (answers - answers.max(dim=1, keepdim=True).values).exp()
    probabilities = powers / powers.sum(dim=1, keepdim=True)
    return probabilities.argmax(dim=1), probabilities
