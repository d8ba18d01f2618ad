"""Calls the functions and goes back through their graphs, which cannot be sent."""

import torch


def forward(module, name, arguments):
    """What ``<name>.apply`` returns for ``arguments``."""
    return getattr(module, name).apply(*arguments)


def gradients(module, name, arguments, wanted, cotangent, passes=1):
    """Go back through the same graph ``passes`` times, by autograd.

    ``wanted`` are the indices of the arguments that require grad. Returns ``{"grads": for each pass the gradients of
    these arguments, "arguments": all of them afterwards, "function": whether the graph is that of a custom function}``.
    """
    arguments, leaves, output = _applied(module, name, arguments, wanted)
    grads = [
        list(torch.autograd.grad(output, leaves, cotangent, retain_graph=True, allow_unused=True))
        for _ in range(passes)
    ]
    function = isinstance(output.grad_fn, torch.autograd.function.BackwardCFunction)
    return {"grads": grads, "arguments": [a.detach() for a in arguments], "function": function}


def backward(module, name, arguments, wanted, cotangent):
    """Call ``<name>.backward`` itself; returns ``{"returned": …, "cotangent": the same, afterwards}``."""
    _, _, output = _applied(module, name, arguments, wanted)
    with torch.no_grad():
        returned = getattr(module, name).backward(output.grad_fn, cotangent)
    return {"returned": returned, "cotangent": cotangent}


def changed(module, name, arguments, cotangent):
    """The gradient of the first argument, which is changed in place between the two passes.

    None if autograd notices and refuses.
    """
    leaf = arguments[0].clone().requires_grad_()
    input = leaf * 1.0
    output = getattr(module, name).apply(input, *arguments[1:])
    with torch.no_grad():
        input.neg_().mul_(3.0).add_(0.25)
    try:
        return torch.autograd.grad(output, leaf, cotangent)[0]
    except RuntimeError as error:
        if "modified by an inplace operation" in str(error):
            return None
        raise


def train(module, first, second, beta, input, target, lr, steps):
    """Gradient descent on two layers with Swish between them and cross-entropy at the end; beta is learned too.

    Returns the two weights and beta after each step.
    """
    parameters = [tensor.clone().requires_grad_() for tensor in (first, second, beta)]
    path = []
    for _ in range(steps):
        hidden = module.Swish.apply(input @ parameters[0].T, parameters[2])
        loss = module.CrossEntropy.apply(hidden @ parameters[1].T, target)
        found = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, found):
                parameter -= lr * gradient
        path.append([parameter.detach().clone() for parameter in parameters])
    return path


def _applied(module, name, arguments, wanted):
    arguments = [a.clone().requires_grad_(index in wanted) for index, a in enumerate(arguments)]
    output = getattr(module, name).apply(*arguments)
    return arguments, [arguments[index] for index in wanted], output
