"""Calls with a view whose places share their memory: what is sent to the student's code has memory of its own."""


def expanded(module, row, input, weight, height, width):
    """Call with the upstream gradient ``row``, one number a channel, for every sample and place, without a copy."""
    return module.conv2d_backward(row[:, None, None].expand(len(input), -1, height, width), input, weight)
