"""Clips the gradients of real parameters: what a parameter has in ``.grad`` cannot be sent to the student's code."""

import torch


def clip(student, grads, max_norm, *, as_generator=False, **options):
    """Make a parameter for each of ``grads`` (a tensor, or None) and call ``clip_grad_norm_`` once.

    Args:
        as_generator: hand over a generator, as ``model.parameters()`` does, instead of a list.
        options: ``norm_type`` and ``error_if_nonfinite``, as far as they are given.

    Returns ``{"norm": what was returned, a float made a tensor, "tensor": whether it was one itself, "raised": whether
    there was a RuntimeError instead, "grads": what the parameters hold in ``.grad`` afterwards, "held": the memory of
    the gradients, as somebody sees it who got hold of it before, "params": the parameters' own numbers, "graph":
    whether the norm carries a graph}``. The parameters' numbers were 0, 1, 2, … at first.
    """
    params, held = _parameters(grads)
    norm, raised = None, False
    try:
        norm = student.clip_grad_norm_((p for p in params) if as_generator else params, max_norm, **options)
    except NotImplementedError:  # a kind of RuntimeError, and not the one that is meant
        raise
    except RuntimeError:
        if not options.get("error_if_nonfinite"):
            raise
        raised = True
    tensor = isinstance(norm, torch.Tensor)
    graph = tensor and norm.requires_grad
    if isinstance(norm, float):
        norm = torch.tensor(norm, dtype=params[0].dtype, device=params[0].device)
    return {
        "norm": norm.detach().clone() if isinstance(norm, torch.Tensor) else norm,
        "tensor": tensor,
        "raised": raised,
        "grads": [parameter.grad for parameter in params],
        "held": held,
        "params": [parameter.detach() for parameter in params],
        "graph": graph,
    }


def clip_value(student, grads, value, *, as_generator=False):
    """The same with ``clip_grad_value_``.

    Returns ``{"returned": …, "grads": …, "held": …, "params": …}``.
    """
    params, held = _parameters(grads)
    returned = student.clip_grad_value_((p for p in params) if as_generator else params, value)
    return {
        "returned": returned,
        "grads": [parameter.grad for parameter in params],
        "held": held,
        "params": [parameter.detach() for parameter in params],
    }


def _parameters(grads):
    """A parameter with each gradient, all of the same dtype and filled with 0, 1, 2, …; and the gradients' memory."""
    given = [grad for grad in grads if grad is not None]
    dtype, device = (given[0].dtype, given[0].device) if given else (torch.float32, "cpu")
    params = []
    for number, grad in enumerate(grads):
        shape = (number + 1,) if grad is None else grad.shape
        params.append(torch.nn.Parameter(torch.full(shape, float(number), dtype=dtype, device=device)))
        if grad is not None:
            params[-1].grad = grad.clone()
    return params, [None if parameter.grad is None else parameter.grad.detach() for parameter in params]
