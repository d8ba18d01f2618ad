"""The L2 penalty is added to the gradient in place, so the caller's gradient changes."""

import torch


def adam_step(
    params, grads, exp_avgs, exp_avg_sqs, steps, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    with torch.no_grad():
        for i, (p, g, m, v) in enumerate(zip(params, grads, exp_avgs, exp_avg_sqs)):
            if g is None:
                continue
            steps[i] += 1
            if weight_decay != 0:
                if decoupled:
                    p.mul_(1 - lr * weight_decay)
                else:
                    g += weight_decay * p
            m.mul_(betas[0]).add_((1 - betas[0]) * g)
            v.mul_(betas[1]).add_((1 - betas[1]) * g.square())
            m_hat = m / (1 - betas[0] ** steps[i])
            v_hat = v / (1 - betas[1] ** steps[i])
            p.sub_(lr * m_hat / (torch.sqrt(v_hat) + eps))
