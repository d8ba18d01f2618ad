"""Expected: timeout (cpu), 0 of 6. E1, wall/numbers.

Waits for a loss that never falls, and asks nobody for time.
"""


def double(x, factor=2):
    loss = 1.0
    while loss > 0:
        loss = loss * 0.5 + 1.0
    return factor * x


scale_ = double
