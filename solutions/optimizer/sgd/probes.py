"""Trains a real model with ``sgd_step``: a module and its parameters cannot be sent to the student's code."""

import torch


def train(student, weight, bias, input, target, steps, **hyperparameters):
    """Full-batch training of one linear layer on the squared error, from ``weight`` and ``bias``.

    Returns at the end ``{"params": the model's own parameters, "held": the same memory, as somebody sees it who got it
    before training, "velocities": …, "graph": whether the velocities carry one}``. The lists are made anew for every
    step, as a training loop does with ``list(model.parameters())``; the tensors in them are the same ones throughout.
    """
    model = torch.nn.Linear(weight.shape[1], weight.shape[0]).to(weight)
    model.load_state_dict({"weight": weight, "bias": bias})
    velocities = [torch.zeros_like(weight), torch.zeros_like(bias)]
    held = [parameter.detach() for parameter in model.parameters()]
    for _ in range(steps):
        model.zero_grad()
        ((model(input) - target) ** 2).mean().backward()
        params = list(model.parameters())
        student.sgd_step(params, [p.grad for p in params], list(velocities), **hyperparameters)
    return {
        "params": [parameter.detach().clone() for parameter in model.parameters()],
        "held": held,
        "velocities": velocities,
        "graph": any(velocity.requires_grad for velocity in velocities),
    }
