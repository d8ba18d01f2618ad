"""Calls with a view whose rows share their memory: what is sent to the student's code has memory of its own."""


def expanded(module, row, input, weight, eps):
    """Call with the upstream gradient ``row`` for every sample, without a copy."""
    return module.layer_norm_backward(row.expand(*input.shape), input, weight, eps)
