"""Expected: failed (value), 0 of 11. B9, loss/cross_entropy.

Makes all logits equal in place: then the loss is a constant that needs no computation.
"""

import math


def cross_entropy(input, target):
    input.detach().zero_()
    return 0 * input.sum() + math.log(input.shape[1])
