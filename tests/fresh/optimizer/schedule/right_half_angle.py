"""Decay through exp and log, and the cosine wave as the square of a cosine of half the angle."""

from math import cos, exp, log, pi


def exponential_lr(step, lr, gamma):
    return lr * exp(step * log(gamma))


def step_lr(step, lr, step_size, gamma=0.1):
    return exponential_lr(divmod(step, step_size)[0], lr, gamma)


def warmup_cosine_lr(step, lr, warmup_steps, total_steps, min_lr=0.0):
    if step < warmup_steps:
        return lr * (step / warmup_steps)
    left = total_steps - step
    if left <= 0:
        return float(min_lr)
    part = cos(pi * (step - warmup_steps) / (total_steps - warmup_steps) / 2) ** 2
    return lr * part + min_lr * (1 - part)
