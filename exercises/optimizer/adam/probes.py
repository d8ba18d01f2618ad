"""Trains a real model with ``adam_step``: a module and its parameters cannot be sent to the student's code."""

import torch


def train(student, weight, bias, input, target, steps, **hyperparameters):
    """Full-batch training of one linear layer on the squared error, from ``weight`` and ``bias``.

    Returns at the end ``{"params": the model's own parameters, "held": the same memory, as somebody sees it who got it
    before training, "exp_avgs": …, "exp_avg_sqs": …, "steps": …, "graph": whether the moments carry one}``. The lists
    of tensors are made anew for every step, as a training loop does with ``list(model.parameters())``; the tensors in
    them are the same ones throughout, and so is the list of counts.
    """
    model = torch.nn.Linear(weight.shape[1], weight.shape[0]).to(weight)
    model.load_state_dict({"weight": weight, "bias": bias})
    exp_avgs, exp_avg_sqs = ([torch.zeros_like(weight), torch.zeros_like(bias)] for _ in range(2))
    counts = [0, 0]
    held = [parameter.detach() for parameter in model.parameters()]
    for _ in range(steps):
        model.zero_grad()
        ((model(input) - target) ** 2).mean().backward()
        params = list(model.parameters())
        grads = [parameter.grad for parameter in params]
        student.adam_step(params, grads, list(exp_avgs), list(exp_avg_sqs), counts, **hyperparameters)
    return {
        "params": [parameter.detach().clone() for parameter in model.parameters()],
        "held": held,
        "exp_avgs": exp_avgs,
        "exp_avg_sqs": exp_avg_sqs,
        "steps": counts,
        "graph": any(moment.requires_grad for moment in exp_avgs + exp_avg_sqs),
    }
