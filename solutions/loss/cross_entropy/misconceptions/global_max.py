"""One number is subtracted from all samples, not each sample's own largest logit: samples far below it underflow.

Signature: right as long as all samples are of about the same size; inf where they are far apart.
"""

import torch


def cross_entropy(input, target):
    shifted = input - input.max()
    return (shifted.exp().sum(dim=1).log() - shifted[torch.arange(len(target)), target]).mean()
