"""The batches of all epochs are collected beforehand; the numbers of the kernels are drawn by torch.normal."""

import math

import torch


def initialize(generator):
    kernels = torch.normal(0.0, math.sqrt(2 / 9), (8, 1, 3, 3), generator=generator)
    weight = torch.normal(0.0, math.sqrt(1 / 64), (4, 128), generator=generator)
    return [kernels, torch.zeros(8), weight, torch.zeros(4)]


def forward(parts, params, images):
    kernels, shift, weight, bias = params
    features = parts.max_pool2d(parts.relu(parts.conv2d(images, kernels, shift, 1, 1)), 3)
    return parts.linear(torch.flatten(features, 1), weight, bias)


def train(parts, images, labels, steps, generator):
    params = initialize(generator)
    batches = []
    while len(batches) < steps:
        batches += parts.minibatches(images, labels, 40, shuffle=True, generator=generator)
    params = [parameter.to(images.device) for parameter in params]
    velocities = [torch.zeros_like(parameter) for parameter in params]
    for input, target in batches[:steps]:
        leaves = [parameter.clone().requires_grad_() for parameter in params]
        loss = parts.cross_entropy(forward(parts, leaves, input), target)
        parts.sgd_step(params, list(torch.autograd.grad(loss, leaves)), velocities, 0.08, 0.9)
    return params


@torch.no_grad()
def predict(parts, params, images):
    probabilities = forward(parts, params, images).softmax(-1)
    return probabilities.max(dim=-1).indices, probabilities
