"""In-place operations throughout; the corrections are folded into the rate and into eps."""

import torch


@torch.no_grad()
def adam_step(
    params, grads, exp_avgs, exp_avg_sqs, steps, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    beta1, beta2 = betas
    for i, (p, g, m, v) in enumerate(zip(params, grads, exp_avgs, exp_avg_sqs)):
        if g is None:
            continue
        steps[i] += 1
        if weight_decay:
            if decoupled:
                p.mul_(1 - lr * weight_decay)
            else:
                g = g.add(p, alpha=weight_decay)
        m.lerp_(g, 1 - beta1)
        v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
        root = (1 - beta2 ** steps[i]) ** 0.5
        p.addcdiv_(m, v.sqrt().add_(eps * root), value=-lr * root / (1 - beta1 ** steps[i]))
