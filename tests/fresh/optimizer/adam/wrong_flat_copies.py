"""Works on ``reshape(-1)`` of each tensor, which is a copy where the memory order is another: updates get lost."""

import torch


@torch.no_grad()
def adam_step(
    params, grads, exp_avgs, exp_avg_sqs, steps, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    beta1, beta2 = betas
    for i in range(len(params)):
        if grads[i] is None:
            continue
        steps[i] += 1
        p, g = params[i].reshape(-1), grads[i].reshape(-1)
        m, v = exp_avgs[i].reshape(-1), exp_avg_sqs[i].reshape(-1)
        if decoupled:
            p *= 1 - lr * weight_decay
        else:
            g = g + weight_decay * p
        m *= beta1
        m += (1 - beta1) * g
        v *= beta2
        v += (1 - beta2) * g * g
        m_hat = m / (1 - beta1 ** steps[i])
        v_hat = v / (1 - beta2 ** steps[i])
        p -= lr * m_hat / (v_hat.sqrt() + eps)
