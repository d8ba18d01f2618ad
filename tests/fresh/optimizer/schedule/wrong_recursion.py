"""Both decays go back step by step with recursion, and a step of some thousands ends in a RecursionError."""

import math


def step_lr(step, lr, step_size, gamma=0.1):
    if step < step_size:
        return lr
    return gamma * step_lr(step - step_size, lr, step_size, gamma)


def exponential_lr(step, lr, gamma):
    if step == 0:
        return lr
    return gamma * exponential_lr(step - 1, lr, gamma)


def warmup_cosine_lr(step, lr, warmup_steps, total_steps, min_lr=0.0):
    if step < warmup_steps:
        return lr * step / warmup_steps
    if step >= total_steps:
        return min_lr
    r = (step - warmup_steps) / (total_steps - warmup_steps)
    return min_lr + (lr - min_lr) * (1 + math.cos(math.pi * r)) / 2
