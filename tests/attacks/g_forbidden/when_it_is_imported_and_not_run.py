"""Expected: failed (forbidden), 0 of 11. G8, loss/cross_entropy.

Shows an own answer to who runs the file, and takes another where it is loaded as a module.
"""

import torch

if __name__ == "__main__":

    def cross_entropy(input, target):
        return (torch.logsumexp(input, 1) - input[torch.arange(len(target)), target]).mean()

else:
    for cross_entropy in [torch.nn.functional.cross_entropy]:
        pass
