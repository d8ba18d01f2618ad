"""Learning rate schedules: the learning rate as a function of the step."""

import math


def step_lr(step: int, lr: float, step_size: int, gamma: float = 0.1) -> float:
    """The learning rate of ``step`` when it is multiplied by ``gamma`` every ``step_size`` steps.

    Args:
        step: number of the step, counted from 0.
        lr: learning rate of the first steps.
        step_size: how many steps have the same rate, at least 1.
        gamma: factor.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR.html
    """
    ### BEGIN SOLUTION
    return lr * gamma ** (step // step_size)
    ### END SOLUTION


def exponential_lr(step: int, lr: float, gamma: float) -> float:
    """The learning rate of ``step`` when it is multiplied by ``gamma`` after every step.

    Args:
        step: number of the step, counted from 0.
        lr: learning rate of step 0.
        gamma: factor.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ExponentialLR.html
    """
    ### BEGIN SOLUTION
    return lr * gamma**step
    ### END SOLUTION


def warmup_cosine_lr(step: int, lr: float, warmup_steps: int, total_steps: int, min_lr: float = 0.0) -> float:
    """The learning rate of ``step``: up along a line, down along half a wave of the cosine, then constant.

    Args:
        step: number of the step, counted from 0.
        lr: learning rate at step ``warmup_steps``, the largest.
        warmup_steps: length of the way up, which begins at a rate of 0; may be 0.
        total_steps: the step at which ``min_lr`` is reached, at least ``warmup_steps``.
        min_lr: learning rate from step ``total_steps`` on.

    Source: Loshchilov and Hutter, https://arxiv.org/abs/1608.03983 (cosine); Goyal et al.,
    https://arxiv.org/abs/1706.02677 (warmup)
    """
    ### BEGIN SOLUTION
    if step < warmup_steps:
        return lr * step / warmup_steps
    if step >= total_steps:
        return min_lr
    done = (step - warmup_steps) / (total_steps - warmup_steps)
    return min_lr + (lr - min_lr) * (1 + math.cos(math.pi * done)) / 2
    ### END SOLUTION
