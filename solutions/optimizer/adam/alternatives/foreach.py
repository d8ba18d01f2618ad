"""PyTorch's multi-tensor functions: each line of the formulas for all parameters at once."""

import torch


@torch.no_grad()
def adam_step(
    params, grads, exp_avgs, exp_avg_sqs, steps, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    present = [index for index, grad in enumerate(grads) if grad is not None]
    for index in present:
        steps[index] += 1
    params, grads, exp_avgs, exp_avg_sqs = (
        [tensors[index] for index in present] for tensors in (params, grads, exp_avgs, exp_avg_sqs)
    )
    if decoupled:
        torch._foreach_mul_(params, 1 - lr * weight_decay)
    else:
        grads = torch._foreach_add(grads, params, alpha=weight_decay)
    torch._foreach_lerp_(exp_avgs, grads, 1 - betas[0])
    torch._foreach_mul_(exp_avg_sqs, betas[1])
    torch._foreach_addcmul_(exp_avg_sqs, grads, grads, 1 - betas[1])
    means = torch._foreach_div(exp_avgs, [1 - betas[0] ** steps[index] for index in present])
    roots = torch._foreach_sqrt(torch._foreach_div(exp_avg_sqs, [1 - betas[1] ** steps[index] for index in present]))
    torch._foreach_add_(roots, eps)
    torch._foreach_addcdiv_(params, means, roots, -lr)
