"""The rates of all steps so far, one after the other; tensors for the way down."""

import torch


def step_lr(step, lr, step_size, gamma=0.1):
    for now in range(1, step + 1):
        if now % step_size == 0:
            lr *= gamma
    return lr


def exponential_lr(step, lr, gamma):
    for _ in range(step):
        lr *= gamma
    return lr


def warmup_cosine_lr(step, lr, warmup_steps, total_steps, min_lr=0.0):
    if step >= total_steps:
        return min_lr
    if step < warmup_steps:
        return torch.linspace(0, lr, warmup_steps + 1, dtype=torch.float64)[step].item()
    angles = torch.linspace(0, torch.pi, total_steps - warmup_steps + 1, dtype=torch.float64)
    return (min_lr + (lr - min_lr) * (0.5 + 0.5 * angles.cos()))[step - warmup_steps].item()
