"""Probes for ``backward/linear``: strides are lost when a tensor crosses into the worker, so they are made there."""


def transposed(module, grad_output, input, weight):
    """Call with all three arguments handed over transposed: same numbers and shapes, columns next to each other."""
    return module.linear_backward(grad_output.T.contiguous().T, input.T.contiguous().T, weight.T.contiguous().T)


def expanded(module, row, input, weight):
    """Call with the upstream gradient ``row`` for every sample: an expanded view, whose rows share their memory."""
    return module.linear_backward(row.expand(len(input), -1), input, weight)
