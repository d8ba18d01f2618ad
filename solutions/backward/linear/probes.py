"""Calls with a view whose rows share their memory: what is sent to the student's code has memory of its own."""


def expanded(module, row, input, weight):
    """Call with the upstream gradient ``row`` for every sample, without a copy."""
    return module.linear_backward(row.expand(len(input), -1), input, weight)
