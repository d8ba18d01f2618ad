"""eps is added to the root of the uncorrected second moment, and the correction is applied to the sum."""

import math

import torch


@torch.no_grad()
def adam_step(
    params, grads, exp_avgs, exp_avg_sqs, steps, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    beta1, beta2 = betas
    for i, p in enumerate(params):
        g = grads[i]
        if g is None:
            continue
        steps[i] += 1
        if weight_decay and decoupled:
            p.mul_(1 - lr * weight_decay)
        elif weight_decay:
            g = g + weight_decay * p
        exp_avgs[i].mul_(beta1).add_(g, alpha=1 - beta1)
        exp_avg_sqs[i].mul_(beta2).addcmul_(g, g, value=1 - beta2)
        rate = lr * math.sqrt(1 - beta2 ** steps[i]) / (1 - beta1 ** steps[i])
        p.addcdiv_(exp_avgs[i], exp_avg_sqs[i].sqrt().add_(eps), value=-rate)
