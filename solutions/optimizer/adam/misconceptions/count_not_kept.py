"""The count of steps is not kept: the list still holds the old number, so that every step is corrected like the first.

Signature: right in one step. Here the new count has only a local name, which is forgotten after the step.
"""

import torch


@torch.no_grad()
def adam_step(
    params, grads, exp_avgs, exp_avg_sqs, steps, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    for i, (parameter, grad, exp_avg, exp_avg_sq) in enumerate(zip(params, grads, exp_avgs, exp_avg_sqs, strict=True)):
        if grad is None:
            continue
        step = steps[i] + 1
        if decoupled:
            parameter.mul_(1 - lr * weight_decay)
        else:
            grad = grad + weight_decay * parameter
        exp_avg.mul_(betas[0]).add_((1 - betas[0]) * grad)
        exp_avg_sq.mul_(betas[1]).add_((1 - betas[1]) * grad**2)
        mean, mean_sq = exp_avg / (1 - betas[0] ** step), exp_avg_sq / (1 - betas[1] ** step)
        parameter.sub_(lr * mean / (mean_sq.sqrt() + eps))
