"""The probabilities of a kind add up to 1 over the pictures; over the kinds (dim=1) they have to, for each picture."""

import torch

KERNELS, KINDS = 8, 4
BATCH_SIZE, LR, MOMENTUM = 48, 0.08, 0.9


def initialize(generator):
    pixels, features = 3 * 3, KERNELS * 4 * 4
    kernels = torch.randn(KERNELS, 1, 3, 3, generator=generator) * (2 / pixels) ** 0.5
    weight = torch.randn(KINDS, features, generator=generator) * (2 / features) ** 0.5
    return [kernels, torch.zeros(KERNELS), weight, torch.zeros(KINDS)]


def forward(parts, params, images):
    kernels, kernels_bias, weight, bias = params
    seen = parts.relu(parts.conv2d(images, kernels, kernels_bias, padding=1))
    features = parts.max_pool2d(seen, 3).flatten(start_dim=1)
    return parts.linear(features, weight, bias)


def train(parts, images, labels, steps, generator):
    params = [parameter.to(images.device).requires_grad_() for parameter in initialize(generator)]
    velocities = [torch.zeros_like(parameter) for parameter in params]
    done = 0
    while done < steps:
        for input, target in parts.minibatches(images, labels, BATCH_SIZE, shuffle=True, generator=generator):
            loss = parts.cross_entropy(forward(parts, params, input), target)
            grads = torch.autograd.grad(loss, params)
            parts.sgd_step(params, grads, velocities, LR, MOMENTUM)
            done += 1
            if done == steps:
                break
    return params


def predict(parts, params, images):
    with torch.no_grad():
        logits = forward(parts, params, images)
        return logits.argmax(dim=1), torch.softmax(logits, dim=0)
