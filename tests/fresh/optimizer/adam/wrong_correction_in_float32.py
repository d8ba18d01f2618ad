"""The corrections 1 - beta^t are computed as float32 tensors, which spoils float64 parameters in the fifth digit."""

import torch


@torch.no_grad()
def adam_step(
    params, grads, exp_avgs, exp_avg_sqs, steps, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    b1, b2 = betas
    both = torch.tensor([b1, b2])
    for i, (p, g, m, v) in enumerate(zip(params, grads, exp_avgs, exp_avg_sqs)):
        if g is None:
            continue
        steps[i] += 1
        correction1, correction2 = (1 - both ** steps[i]).tolist()
        if decoupled:
            p -= lr * weight_decay * p
        else:
            g = g + weight_decay * p
        m.mul_(b1).add_(g, alpha=1 - b1)
        v.mul_(b2).addcmul_(g, g, value=1 - b2)
        p -= lr * (m / correction1) / ((v / correction2).sqrt() + eps)
