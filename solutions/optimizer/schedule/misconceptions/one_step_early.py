"""The step decay comes one step early: steps are counted from 0, so the first `step_size` steps all have the rate `lr`.

Signature: the rate of step k is the right one of step k + 1.
"""

import math


def step_lr(step, lr, step_size, gamma=0.1):
    return lr * gamma ** ((step + 1) // step_size)


def exponential_lr(step, lr, gamma):
    return lr * gamma**step


def warmup_cosine_lr(step, lr, warmup_steps, total_steps, min_lr=0.0):
    if step < warmup_steps:
        return lr * step / warmup_steps
    if step >= total_steps:
        return min_lr
    done = (step - warmup_steps) / (total_steps - warmup_steps)
    return min_lr + (lr - min_lr) * (1 + math.cos(math.pi * done)) / 2
