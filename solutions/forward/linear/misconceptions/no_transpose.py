"""The weight is multiplied as it lies, without the transpose: `input @ weight` sums over the outputs, not the features.

Signature: a shape error, except for a square weight, where the result is that of the transposed weight.
"""


def linear(input, weight, bias=None):
    output = input @ weight
    return output if bias is None else output + bias
