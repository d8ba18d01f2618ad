"""PyTorch's order of operations: the corrections go into the step size and into the denominator."""

import math

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
        elif weight_decay:
            grad = grad.add(parameter, alpha=weight_decay)
        exp_avg.lerp_(grad, 1 - betas[0])
        exp_avg_sq.mul_(betas[1]).addcmul_(grad, grad, value=1 - betas[1])
        denominator = (exp_avg_sq.sqrt() / math.sqrt(1 - betas[1] ** steps[i])).add_(eps)
        parameter.addcdiv_(exp_avg, denominator, value=-lr / (1 - betas[0] ** steps[i]))
