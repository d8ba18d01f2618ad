"""exponential_lr multiplies the rate of its last call by gamma: wrong when a step is asked twice or out of order."""

import math

_last = {}


def step_lr(step, lr, step_size, gamma=0.1):
    return lr * gamma ** (step // step_size)


def exponential_lr(step, lr, gamma):
    key = (lr, gamma)
    if step == 0 or key not in _last:
        _last[key] = lr
    else:
        _last[key] *= gamma
    return _last[key]


def warmup_cosine_lr(step, lr, warmup_steps, total_steps, min_lr=0.0):
    if step < warmup_steps:
        return lr * step / warmup_steps
    if step >= total_steps:
        return min_lr
    r = (step - warmup_steps) / (total_steps - warmup_steps)
    return min_lr + (lr - min_lr) * (1 + math.cos(math.pi * r)) / 2
