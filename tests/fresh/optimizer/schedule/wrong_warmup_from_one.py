"""The warmup counts its steps from 1: step 0 has lr / w instead of 0, and lr is reached one step too early."""

import math


def step_lr(step, lr, step_size, gamma=0.1):
    return lr * gamma ** (step // step_size)


def exponential_lr(step, lr, gamma):
    return lr * gamma**step


def warmup_cosine_lr(step, lr, warmup_steps, total_steps, min_lr=0.0):
    if step < warmup_steps:
        return lr * (step + 1) / warmup_steps
    if step >= total_steps:
        return min_lr
    r = (step - warmup_steps) / (total_steps - warmup_steps)
    return min_lr + (lr - min_lr) * (1 + math.cos(math.pi * r)) / 2
