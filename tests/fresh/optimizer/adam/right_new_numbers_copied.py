"""A pure function of one parameter computes the new numbers in double precision; they are copied in at the end."""

import torch


def _new_numbers(p, g, m, v, t, lr, betas, eps, weight_decay, decoupled):
    p, g, m, v = (x.detach().to(torch.float64) for x in (p, g, m, v))
    shrink = 0.0
    if decoupled:
        shrink = lr * weight_decay
    else:
        g = g + weight_decay * p
    m = sum(weight * x for weight, x in ((betas[0], m), (1 - betas[0], g)))
    v = sum(weight * x for weight, x in ((betas[1], v), (1 - betas[1], g * g)))
    m_hat, v_hat = m / (1 - betas[0] ** t), v / (1 - betas[1] ** t)
    return p - shrink * p - lr * m_hat / (v_hat**0.5 + eps), m, v


def adam_step(
    params, grads, exp_avgs, exp_avg_sqs, steps, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    for i in [i for i, grad in enumerate(grads) if grad is not None]:
        steps[i] = steps[i] + 1
        old = (params[i], exp_avgs[i], exp_avg_sqs[i])
        new = _new_numbers(
            params[i], grads[i], exp_avgs[i], exp_avg_sqs[i], steps[i], lr, betas, eps, weight_decay, decoupled
        )
        for tensor, numbers in zip(old, new):
            tensor.detach().copy_(numbers)
