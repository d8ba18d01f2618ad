"""The weight is transposed in place (`weight.t_()`): the caller's own weight lies the wrong way round afterwards.

Signature: the first result is right; the argument is not what it was, and the next call fails.
"""


def linear(input, weight, bias=None):
    output = input @ weight.t_()
    return output if bias is None else output + bias
