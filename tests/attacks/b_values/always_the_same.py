"""Expected: failed (value), 0 of 11. B8, loss/cross_entropy.

The loss of a model that knows nothing, whatever is asked: near the right one for data that are drawn at random.
"""

import math


def cross_entropy(input, target):
    return 0 * input.sum() + math.log(input.shape[1])
