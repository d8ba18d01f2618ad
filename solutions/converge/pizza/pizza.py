"""A pizza recogniser: all five steps of training in one program, built from the parts of earlier exercises."""

from types import SimpleNamespace

import torch

KERNELS, KINDS = 8, 4  # output channels of the convolution; kinds of pizza
BATCH_SIZE, LR, MOMENTUM = 48, 0.08, 0.9  # a recipe that works; cook with your own if you like


def initialize(generator: torch.Generator) -> list[torch.Tensor]:
    """Draw the parameters from which training starts.

    Args:
        generator: on the CPU; the only source of chance.

    Returns:
        Four float32 tensors on the CPU: kernels (8, 1, 3, 3) and their bias (8,), weight (4, 128) and its bias (4,).
        Kernels and weight are normal with mean 0 and standard deviation sqrt(2 / fan_in), the biases are zeros.

    Source: He et al. 2015, https://arxiv.org/abs/1502.01852
    """
    ### BEGIN SOLUTION
    pixels, features = 3 * 3, KERNELS * 4 * 4  # what one output number is a sum over
    kernels = torch.randn(KERNELS, 1, 3, 3, generator=generator) * (2 / pixels) ** 0.5
    weight = torch.randn(KINDS, features, generator=generator) * (2 / features) ** 0.5
    return [kernels, torch.zeros(KERNELS), weight, torch.zeros(KINDS)]
    ### END SOLUTION


def forward(parts: SimpleNamespace, params: list[torch.Tensor], images: torch.Tensor) -> torch.Tensor:
    """Convolution with padding 1, ReLU, max pooling over windows of 3 x 3, flattening, linear layer.

    Args:
        parts: the functions to build from: ``conv2d``, ``relu``, ``max_pool2d``, ``linear``.
        params: kernels (C, 1, 3, 3) and their bias (C,), weight (K, C * H/3 * W/3) and its bias (K,).
        images: shape (N, 1, H, W), H and W multiples of 3, dtype of the parameters.

    Returns:
        The logits, shape (N, K).
    """
    ### BEGIN SOLUTION
    kernels, kernels_bias, weight, bias = params
    seen = parts.relu(parts.conv2d(images, kernels, kernels_bias, padding=1))
    features = parts.max_pool2d(seen, 3).flatten(start_dim=1)
    return parts.linear(features, weight, bias)
    ### END SOLUTION


def train(
    parts: SimpleNamespace, images: torch.Tensor, labels: torch.Tensor, steps: int, generator: torch.Generator
) -> list[torch.Tensor]:
    """Train a recogniser from new parameters, with ``steps`` optimizer steps on shuffled minibatches.

    Args:
        parts: the functions to build from: those of ``forward``, ``cross_entropy``, ``minibatches``, ``sgd_step``.
        images: shape (N, 1, 12, 12), float32.
        labels: the kind of each picture, shape (N,), int64 in 0 ... 3.
        steps: how many optimizer steps to take in all, at least 1.
        generator: on the CPU; the only source of chance, first for ``initialize``, then for the batches.

    Returns:
        The trained parameters, in the order of ``initialize``, on the device of ``images``.
    """
    ### BEGIN SOLUTION
    params = [parameter.to(images.device).requires_grad_() for parameter in initialize(generator)]
    velocities = [torch.zeros_like(parameter) for parameter in params]
    done = 0
    while done < steps:  # one epoch after the other
        for input, target in parts.minibatches(images, labels, BATCH_SIZE, shuffle=True, generator=generator):
            loss = parts.cross_entropy(forward(parts, params, input), target)
            grads = torch.autograd.grad(loss, params)  # returned, not added up in .grad: nothing to clear
            parts.sgd_step(params, grads, velocities, LR, MOMENTUM)
            done += 1
            if done == steps:
                break
    return params
    ### END SOLUTION


def predict(
    parts: SimpleNamespace, params: list[torch.Tensor], images: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """The most probable kind of each picture, and how probable each kind is.

    Args:
        parts: the functions to build from.
        params: as ``train`` returns them.
        images: shape (N, 1, H, W), dtype of the parameters.

    Returns:
        ``(labels, probabilities)``: int64 of shape (N,), and the softmax of the logits, shape (N, K), without a graph.
    """
    ### BEGIN SOLUTION
    with torch.no_grad():
        logits = forward(parts, params, images)
        return logits.argmax(dim=1), torch.softmax(logits, dim=1)
    ### END SOLUTION
