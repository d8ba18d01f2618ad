"""New tensors by the formulas, then copied into the old ones; `.data` instead of no_grad."""


def adam_step(
    params, grads, exp_avgs, exp_avg_sqs, steps, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False
):
    for i in range(len(params)):
        if grads[i] is None:
            continue
        t = steps[i] + 1
        old = params[i].data
        g = grads[i] if decoupled else grads[i] + weight_decay * old
        m = betas[0] * exp_avgs[i] + (1 - betas[0]) * g
        v = betas[1] * exp_avg_sqs[i] + (1 - betas[1]) * g * g
        direction = (m / (1 - betas[0] ** t)) / ((v / (1 - betas[1] ** t)) ** 0.5 + eps)
        if decoupled:
            direction = direction + weight_decay * old
        params[i].data.copy_(old - lr * direction)
        exp_avgs[i].copy_(m)
        exp_avg_sqs[i].copy_(v)
        steps[i] = t
