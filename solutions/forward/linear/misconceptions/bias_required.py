"""The bias is added even where there is none: None cannot be added to a tensor.

Signature: a TypeError where `bias` is left out or None.
"""


def linear(input, weight, bias=None):
    return input @ weight.T + bias
