"""Expected: failed (type), 0 of 11. G10, loss/cross_entropy.

Everything that a look at the structure could ask for is there: the name, the signature, the words. No work is.
"""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Mean over the batch of the negative log-probability of the right class."""
