"""The weight is transposed only where the shapes would not fit otherwise: a square weight is used the wrong way round.

Signature: right for every weight that is not square.
"""


def linear(input, weight, bias=None):
    if weight.shape[0] != input.shape[-1]:
        weight = weight.T
    output = input @ weight
    return output if bias is None else output + bias
