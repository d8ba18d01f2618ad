"""Wrong: He's rule with the 8 * 9 numbers that go out of the kernels in place of the 9 that come in."""

import math

import torch

KERNELS, KINDS = 8, 4
BATCH_SIZE, LR, MOMENTUM = 48, 0.08, 0.9


def initialize(generator):
    kernels = torch.randn(KERNELS, 1, 3, 3, generator=generator) * math.sqrt(2 / (KERNELS * 9))
    weight = torch.randn(KINDS, 128, generator=generator) * math.sqrt(2 / 128)
    return [kernels, torch.zeros(KERNELS), weight, torch.zeros(KINDS)]


def forward(parts, params, images):
    kernels, kernel_bias, weight, bias = params
    maps = parts.relu(parts.conv2d(images, kernels, kernel_bias, padding=1))
    return parts.linear(parts.max_pool2d(maps, 3).flatten(1), weight, bias)


def train(parts, images, labels, steps, generator):
    params = [p.to(images.device).requires_grad_() for p in initialize(generator)]
    velocities = [torch.zeros_like(p) for p in params]
    done = 0
    while done < steps:
        for input, target in parts.minibatches(images, labels, BATCH_SIZE, shuffle=True, generator=generator):
            loss = parts.cross_entropy(forward(parts, params, input), target)
            grads = torch.autograd.grad(loss, params)
            parts.sgd_step(params, grads, velocities, LR, momentum=MOMENTUM)
            done += 1
            if done == steps:
                break
    return [p.detach() for p in params]


def predict(parts, params, images):
    with torch.no_grad():
        probabilities = torch.softmax(forward(parts, params, images), dim=1)
    return probabilities.argmax(dim=1), probabilities
