"""Calls ``layer_norm`` with a view whose rows share memory: what crosses to the student has memory of its own."""


def expanded(student, sample, weight, bias, eps, samples):
    """One sample stands for a batch of ``samples``, without a copy."""
    return student.layer_norm(sample.expand(samples, -1), weight, bias, eps)
