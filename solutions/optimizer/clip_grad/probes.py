"""Clips the gradients of real parameters: what a parameter has in ``.grad`` cannot be sent to the student's code."""

import torch


def clip(student, grads, max_norm, *, as_generator=False, **options):
    """Make a parameter for each of ``grads`` (a tensor, or None) and call ``clip_grad_norm_`` once.

    Args:
        as_generator: hand over a generator, as ``model.parameters()`` does, instead of a list.
        options: ``norm_type`` and ``error_if_nonfinite``, as far as they are given.

    Returns ``{"norm": what was returned, "raised": whether there was a RuntimeError instead, "grads": what the
    parameters hold in ``.grad`` afterwards, "held": the same for somebody who got hold of the gradients before,
    "params": the parameters' own numbers, "graph": whether the norm carries a graph}``. The parameters' numbers were
    0, 1, 2, … at first.
    """
    params = []
    for number, grad in enumerate(grads):
        shape = (number + 1,) if grad is None else grad.shape
        dtype, device = (torch.float32, "cpu") if grad is None else (grad.dtype, grad.device)
        params.append(torch.nn.Parameter(torch.full(shape, float(number), dtype=dtype, device=device)))
        if grad is not None:
            params[-1].grad = grad.clone()
    held = [parameter.grad for parameter in params]
    norm, raised = None, False
    try:
        norm = student.clip_grad_norm_((p for p in params) if as_generator else params, max_norm, **options)
    except NotImplementedError:  # a kind of RuntimeError, and not the one that is meant
        raise
    except RuntimeError:
        if not options.get("error_if_nonfinite"):
            raise
        raised = True
    graph = isinstance(norm, torch.Tensor) and norm.requires_grad
    return {
        "norm": norm.detach().clone() if isinstance(norm, torch.Tensor) else norm,
        "raised": raised,
        "grads": [parameter.grad for parameter in params],
        "held": held,
        "params": [parameter.detach() for parameter in params],
        "graph": graph,
    }
