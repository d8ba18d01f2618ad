"""The decoupled decay is made from the parameter after Adam's step, not from the one before it."""

import torch


@torch.no_grad()
def adam_step(
    params, grads, exp_avgs, exp_avg_sqs, steps, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    b1, b2 = betas
    for i, (p, g, m, v) in enumerate(zip(params, grads, exp_avgs, exp_avg_sqs)):
        if g is None:
            continue
        steps[i] += 1
        t = steps[i]
        if not decoupled:
            g = g + weight_decay * p
        m.copy_(b1 * m + (1 - b1) * g)
        v.copy_(b2 * v + (1 - b2) * g**2)
        p -= lr * (m / (1 - b1**t)) / ((v / (1 - b2**t)).sqrt() + eps)
        if decoupled:
            p -= lr * weight_decay * p
