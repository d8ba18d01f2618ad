"""The corrected moments are kept for the next step: they are for this step only, the moments go on uncorrected.

Signature: the first step is right.
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
        mean, mean_sq = exp_avg.div_(1 - betas[0] ** steps[i]), exp_avg_sq.div_(1 - betas[1] ** steps[i])
        parameter.sub_(lr * mean / (mean_sq.sqrt() + eps))
