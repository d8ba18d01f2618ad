"""Calls ``linear`` with views: a tensor that is sent to the student's code arrives contiguous, whatever it was."""


def permuted(student, input, weight, bias):
    """``input`` and ``weight`` come with their dimensions in reverse order and are turned round here: views."""
    return student.linear(_turned(input.contiguous()), _turned(weight.contiguous()), bias)


def expanded(student, sample, weight, bias, samples):
    """One sample stands for a batch of ``samples``, without a copy."""
    return student.linear(sample.expand(samples, -1), weight, bias)


def _turned(tensor):
    return tensor.permute(*reversed(range(tensor.dim())))
