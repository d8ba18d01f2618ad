"""Right: a recipe of its own: batches of 32, a learning rate that falls, weight decay; backward() for gradients."""

import math

import torch

KERNELS, KINDS = 8, 4
BATCH_SIZE, LR, MOMENTUM, DECAY = 32, 0.08, 0.9, 1e-4


def initialize(generator):
    kernels = torch.randn(KERNELS, 1, 3, 3, generator=generator) * math.sqrt(2 / 9)
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
            loss.backward()
            lr = LR * (1 + math.cos(math.pi * done / steps)) / 2
            parts.sgd_step(params, [p.grad for p in params], velocities, lr, MOMENTUM, DECAY)
            for p in params:
                p.grad = None
            done += 1
            if done == steps:
                break
    return [p.detach() for p in params]


def predict(parts, params, images):
    with torch.no_grad():
        probabilities = torch.softmax(forward(parts, params, images), dim=1)
    return probabilities.argmax(dim=1), probabilities
