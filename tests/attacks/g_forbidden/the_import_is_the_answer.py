"""Expected: failed (forbidden), 0 of 11. G1, loss/cross_entropy.

There is no function in this file: the grader is handed the library's own, and no line of ours calls it.
"""

from torch.nn.functional import cross_entropy
