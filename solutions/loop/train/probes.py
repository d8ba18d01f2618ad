"""Probes for ``loop/train``: modules and optimizers do not cross into the worker, so they are built there."""

import torch
from torch import nn


def train(module, layers, batches, epochs, loss, optimizer="SGD", norm=False, gradients=None, **options):
    """Train a small network; returns ``{"losses": what train returned, "weights": the parameters afterwards}``.

    Args:
        layers: a pair (weight, bias or None) for each linear layer; tanh stands between them.
        loss, optimizer: names in ``torch.nn.functional`` and ``torch.optim``; ``options`` are the optimizer's.
        norm: with batch normalization after the first layer. The network comes in evaluation mode.
        gradients: what the parameters hold in ``.grad`` beforehand, if anything.
    """
    model = nn.Sequential(*_modules(layers, norm)).eval()
    for parameter, gradient in zip(model.parameters(), gradients or [], strict=False):
        parameter.grad = gradient.clone()
    optimizer = getattr(torch.optim, optimizer)(model.parameters(), **options)

    losses = module.train(model, getattr(nn.functional, loss), optimizer, batches, epochs)

    if isinstance(losses, list):
        losses = [float(x) if isinstance(x, float) else x for x in losses]  # NumPy's float64 is a float as well
    return {"losses": losses, "weights": [parameter.detach() for parameter in model.parameters()]}


def spy(module, layers, batches, epochs):
    """Write down what happens while a network trains.

    Returns ``{"events": names in the order of the calls, "training": the mode at each forward pass, "clear": whether
    the parameters held no gradients when a backward pass began, "weights": the parameters afterwards}``.
    """
    events, training, clear = [], [], []

    class Model(nn.Sequential):
        def forward(self, input):
            events.append("forward")
            training.append(self.training)
            return super().forward(input)

        def zero_grad(self, set_to_none=True):
            events.append("zero_grad")
            super().zero_grad(set_to_none)

    class Optimizer(torch.optim.SGD):
        def zero_grad(self, set_to_none=True):
            events.append("zero_grad")
            super().zero_grad(set_to_none)

        def step(self, closure=None):
            result = super().step(closure)
            events.append("step")  # afterwards: a closure that makes the other four steps is all right
            return result

    def loss_fn(output, target):
        events.append("loss")
        loss = nn.functional.mse_loss(output, target)
        if loss.requires_grad:
            loss.register_hook(backward)
        return loss

    def backward(_):
        events.append("backward")
        clear.append(all(p.grad is None or not p.grad.any() for p in model.parameters()))

    model = Model(*_modules(layers, norm=False)).eval()
    module.train(model, loss_fn, Optimizer(model.parameters(), lr=0.01), batches, epochs)
    weights = [parameter.detach() for parameter in model.parameters()]
    return {"events": events, "training": training, "clear": clear, "weights": weights}


def _modules(layers, norm):
    for index, (weight, bias) in enumerate(layers):
        outputs, inputs = weight.shape
        if index:
            yield nn.Tanh()
        linear = nn.Linear(inputs, outputs, bias=bias is not None)
        linear.weight = nn.Parameter(weight.clone())
        if bias is not None:
            linear.bias = nn.Parameter(bias.clone())
        yield linear
        if norm and not index:
            yield nn.BatchNorm1d(outputs, dtype=weight.dtype, device=weight.device)
