"""Probes for ``converge/find_the_bugs``: what happens inside a training loop, written down batch by batch."""

import torch
from torch import nn


def watch(
    student,
    layers,
    data,
    valid,
    epochs,
    batch_size,
    seed,
    lr=0.1,
    momentum=0.0,
    gamma=1.0,
    norm=False,
):
    """Train a small network with the student's loop; the model, loss, optimizer and scheduler are watched.

    Args:
        layers: a pair (weight, bias or None) for each linear layer; tanh stands between them.
        data, valid: pairs of inputs and classes, which count from 1.
        seed: of the generator.
        lr, momentum: of SGD. ``gamma``: the learning rate is multiplied by it at each step of the scheduler.
        norm: with batch normalization after the first layer.

    Returns:
        ``{"history": what train returned, "state": all parameters and statistics afterwards, "forwards": for each
        call of the model its mode "training" and whether it kept a "graph", "steps": …}``. For each optimizer step
        there are the "input" of the last forward pass and its "output", what the loss was "given" and its "labels",
        the gradients that the last backward pass has "found" and those that the optimizer "used", and the "lr".
    """
    model = nn.Sequential(*_modules(layers, norm))
    parameters = list(model.parameters())
    now, forwards, steps = {}, [], []

    def seen(_, inputs, output):
        forwards.append({"training": model.training, "graph": torch.is_grad_enabled()})
        now.update(input=inputs[0].detach().clone(), output=output.detach().clone())

    def loss_fn(output, labels):
        now.update(given=output.detach().clone(), labels=labels.clone())
        return nn.functional.cross_entropy(output, labels)

    def keep(index):
        def hook(gradient):
            now.setdefault("found", {})[index] = gradient.detach().clone()

        return hook

    class Optimizer(torch.optim.SGD):
        def step(self, closure=None):
            used = [None if p.grad is None else p.grad.detach().clone() for p in parameters]
            found = [now.get("found", {}).get(index) for index in range(len(parameters))]
            steps.append({**now, "found": found, "used": used, "lr": float(self.param_groups[0]["lr"])})
            return super().step(closure)

    model.register_forward_hook(seen)
    for index, parameter in enumerate(parameters):
        parameter.register_hook(keep(index))
    optimizer = Optimizer(parameters, lr=lr, momentum=momentum)
    scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma)
    generator = torch.Generator().manual_seed(seed)

    history = student.train(model, loss_fn, optimizer, scheduler, data, valid, epochs, batch_size, generator)

    state = [tensor.detach().clone() for tensor in model.state_dict().values()]
    return {"history": history, "state": state, "forwards": forwards, "steps": steps}


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
