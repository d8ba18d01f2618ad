"""Without warmup the rate of step 0 is 0 instead of lr: `step <= warmup_steps` with a guarded division."""

import math


def step_lr(step, lr, step_size, gamma=0.1):
    return lr * gamma ** (step // step_size)


def exponential_lr(step, lr, gamma):
    return lr * gamma**step


def warmup_cosine_lr(step, lr, warmup_steps, total_steps, min_lr=0.0):
    if step >= total_steps:
        return min_lr
    if step <= warmup_steps:
        return lr * step / max(warmup_steps, 1)
    r = (step - warmup_steps) / (total_steps - warmup_steps)
    return min_lr + 0.5 * (lr - min_lr) * (1 + math.cos(math.pi * r))
