"""view() makes rows of the input: it refuses a tensor whose dimensions were permuted or expanded (reshape copies then).

Signature: right wherever the input is contiguous; a RuntimeError elsewhere.
"""


def linear(input, weight, bias=None):
    output = input.view(-1, weight.shape[1]) @ weight.T
    output = output.view(*input.shape[:-1], weight.shape[0])
    return output if bias is None else output + bias
