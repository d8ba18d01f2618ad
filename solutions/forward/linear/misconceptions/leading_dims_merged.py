"""The leading dimensions are merged into one and never restored: the result is always a matrix of rows.

Signature: right for a batch of two dimensions; for others the right numbers in the wrong shape.
"""


def linear(input, weight, bias=None):
    output = input.reshape(-1, weight.shape[1]) @ weight.T
    return output if bias is None else output + bias
