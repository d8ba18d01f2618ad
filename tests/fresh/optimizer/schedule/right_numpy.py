"""NumPy: powers of float64, a line between two points for the warmup, and a sine around the middle of the way down."""

import numpy as np


def step_lr(step, lr, step_size, gamma=0.1):
    return float(lr * np.float_power(gamma, (step - step % step_size) // step_size))


def exponential_lr(step, lr, gamma):
    return step_lr(step, lr, step_size=1, gamma=gamma)


def warmup_cosine_lr(step, lr, warmup_steps, total_steps, min_lr=0.0):
    rising, over = step < warmup_steps, step >= total_steps
    if rising:
        return float(np.interp(step, [0, warmup_steps], [0.0, lr]))
    if over:
        return float(min_lr)
    middle, length = (warmup_steps + total_steps) / 2, total_steps - warmup_steps
    wave = np.sin(np.pi * (middle - step) / length)
    return float((lr + min_lr) / 2 + (lr - min_lr) / 2 * wave)
