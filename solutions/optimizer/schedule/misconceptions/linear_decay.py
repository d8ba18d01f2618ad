"""The rate falls along a straight line: the cosine makes it fall slowly at both ends and fast in the middle.

Signature: right at the start, in the middle and at the end of the way down.
"""


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
    return min_lr + (lr - min_lr) * (1 - done)
