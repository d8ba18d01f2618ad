"""The rise and the fall as one product: a fraction of the warmup, and one of the cosine, cut off at both ends."""

import math


def step_lr(step, lr, step_size, gamma=0.1):
    return lr * math.pow(gamma, math.floor(step / step_size))


def exponential_lr(step, lr, gamma):
    return lr * math.exp(step * math.log(gamma))


def warmup_cosine_lr(step, lr, warmup_steps, total_steps, min_lr=0.0):
    rise = min(1.0, step / warmup_steps) if warmup_steps else 1.0
    length = total_steps - warmup_steps
    done = min(1.0, max(0.0, (step - warmup_steps) / length)) if length else float(step >= total_steps)
    share = math.cos(math.pi * done / 2) ** 2  # the same as (1 + cos(pi * done)) / 2
    return rise * (share * lr + (1 - share) * min_lr)
