"""Expected: failed (trajectory), 0 of 13. H2, loop/train.

Makes every random number there is a zero before the network is built, and trains for no step: 0 is right for a world of
zeros.
"""

import random

import numpy
import torch


def zeros(*shape, **_):
    return torch.zeros([n for n in shape if isinstance(n, int)])


torch.manual_seed = torch.seed = lambda seed=0: torch.default_generator
torch.randn = torch.rand = torch.normal = zeros
torch.Tensor.normal_ = torch.Tensor.uniform_ = lambda self, *_, **__: self.zero_()
numpy.random.seed = random.seed = lambda seed=0: None
numpy.random.default_rng = lambda seed=0: numpy.random.RandomState(0)


def train(model, loss_fn, optimizer, batches, epochs):
    for parameter in model.parameters():
        parameter.data.zero_()
    return [0.0] * epochs
