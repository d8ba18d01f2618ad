"""The bias correction is missing: both moments start at zero and have to be divided by 1 - beta ** t before their use.

Signature: ratio (1 - beta1) / sqrt(1 - beta2) of the first step where eps is small; the moments are right.
"""

import torch


@torch.no_grad()
def adam_step(
    params, grads, exp_avgs, exp_avg_sqs, steps, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    for i, (parameter, grad, exp_avg, exp_avg_sq) in enumerate(zip(params, grads, exp_avgs, exp_avg_sqs, strict=True)):
        if grad is None:
            continue
        steps[i] += 1
        if decoupled:
            parameter.mul_(1 - lr * weight_decay)
        else:
            grad = grad + weight_decay * parameter
        exp_avg.mul_(betas[0]).add_((1 - betas[0]) * grad)
        exp_avg_sq.mul_(betas[1]).add_((1 - betas[1]) * grad**2)
        parameter.sub_(lr * exp_avg / (exp_avg_sq.sqrt() + eps))
