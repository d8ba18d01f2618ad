"""The rate falls along a quarter wave, cos(pi/2 * r): half a wave, (1 + cos(pi * r)) / 2, falls slowly at both ends.

Signature: right at the start and at the end of the way down, too high in between.
"""

import math


def step_lr(step, lr, step_size, gamma=0.1):
    return lr * gamma ** (step // step_size)


def exponential_lr(step, lr, gamma):
    return lr * gamma**step


def warmup_cosine_lr(step, lr, warmup_steps, total_steps, min_lr=0.0):
    if step < warmup_steps:
        return lr * step / warmup_steps
    if step >= total_steps:
        return min_lr
    done = (step - warmup_steps) / (total_steps - warmup_steps)
    return min_lr + (lr - min_lr) * math.cos(math.pi / 2 * done)
