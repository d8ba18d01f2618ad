"""A step without a gradient is counted, too: a parameter that is skipped keeps its count.

Signature: right as long as every parameter has a gradient.
"""

import torch


@torch.no_grad()
def adam_step(
    params, grads, exp_avgs, exp_avg_sqs, steps, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    for i, (parameter, grad, exp_avg, exp_avg_sq) in enumerate(zip(params, grads, exp_avgs, exp_avg_sqs, strict=True)):
        steps[i] += 1
        if grad is None:
            continue
        if decoupled:
            parameter.mul_(1 - lr * weight_decay)
        else:
            grad = grad + weight_decay * parameter
        exp_avg.mul_(betas[0]).add_((1 - betas[0]) * grad)
        exp_avg_sq.mul_(betas[1]).add_((1 - betas[1]) * grad**2)
        mean, mean_sq = exp_avg / (1 - betas[0] ** steps[i]), exp_avg_sq / (1 - betas[1] ** steps[i])
        parameter.sub_(lr * mean / (mean_sq.sqrt() + eps))
