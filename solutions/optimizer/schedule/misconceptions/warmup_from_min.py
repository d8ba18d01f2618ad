"""The warmup starts at `min_lr`: it should start at 0, whatever `min_lr` is.

Signature: right with a `min_lr` of 0.
"""

import math


def step_lr(step, lr, step_size, gamma=0.1):
    return lr * gamma ** (step // step_size)


def exponential_lr(step, lr, gamma):
    return lr * gamma**step


def warmup_cosine_lr(step, lr, warmup_steps, total_steps, min_lr=0.0):
    if step < warmup_steps:
        return min_lr + (lr - min_lr) * step / warmup_steps
    if step >= total_steps:
        return min_lr
    done = (step - warmup_steps) / (total_steps - warmup_steps)
    return min_lr + (lr - min_lr) * (1 + math.cos(math.pi * done)) / 2
