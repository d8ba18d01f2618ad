"""`eps` is added to the root before the second moment is corrected, which makes it larger: correct first, then add.

Signature: the short form in section 2 of the paper, with eps for its other epsilon; right after very many steps.
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
        rate = lr * (1 - betas[1] ** steps[i]) ** 0.5 / (1 - betas[0] ** steps[i])
        parameter.sub_(rate * exp_avg / (exp_avg_sq.sqrt() + eps))
