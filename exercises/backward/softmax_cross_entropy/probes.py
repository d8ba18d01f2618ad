"""Calls with a view whose entries share their memory: what is sent to the student's code has memory of its own."""


def expanded(module, column, output, dim):
    """``softmax_backward`` with the upstream gradients in ``column`` repeated along dimension 1, without a copy."""
    return module.softmax_backward(column.expand_as(output), output, dim)
