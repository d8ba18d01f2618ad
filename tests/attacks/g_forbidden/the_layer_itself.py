"""Expected: failed (forbidden), 0 of 11. G1, forward/linear.

Builds the library's layer without ever calling its constructor, and lets it work.
"""

import torch


def linear(input, weight, bias=None):
    layer = object.__new__(vars(torch.nn)["Lin" + "ear"])
    torch.nn.Module.__init__(layer)
    layer.weight, layer.bias = weight, bias
    return layer(input)
