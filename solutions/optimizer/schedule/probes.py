"""Asks for many learning rates at once, which is quicker than one by one."""

import torch


def rates(student, name, steps, **settings):
    """Call ``<name>(step, …)`` for each of ``steps``, with the settings by name.

    Returns ``{"rates": what was returned, tensors with one number made floats, "floats": whether all were floats
    themselves}``. An integer, which some steps have, counts as a float; so does NumPy's float64, which is one.
    """
    function = getattr(student, name)
    found = [function(step, **settings) for step in steps]
    numbers = [rate.item() if isinstance(rate, torch.Tensor) and rate.numel() == 1 else rate for rate in found]
    return {
        "rates": [float(rate) if isinstance(rate, float) else rate for rate in numbers],
        "floats": all(isinstance(rate, float | int) for rate in found),
    }
