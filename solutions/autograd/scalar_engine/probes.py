"""Builds graphs of ``Value`` objects from plain descriptions: the objects themselves cannot be sent."""

OPERATIONS = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "neg": lambda a: -a,
    "exp": lambda a: a.exp(),
    "log": lambda a: a.log(),
    "tanh": lambda a: a.tanh(),
    "relu": lambda a: a.relu(),
}


def build(module, leaves, steps):
    """All values of a graph: first the ``leaves``, then one for each step.

    A step is an operation and its operands: a whole number stands for the value with that index, a fractional one for
    itself. The second operand of "pow" is always a number.
    """
    values = [module.Value(leaf) for leaf in leaves]
    for name, *operands in steps:
        if name == "pow":
            values.append(values[operands[0]] ** operands[1])
        else:
            found = [values[operand] if type(operand) is int else operand for operand in operands]
            values.append(OPERATIONS[name](*found))
    return values


def differentiate(module, leaves, steps, outputs, shown=None):
    """Build a graph and call ``backward`` of each of ``outputs``, which are indices, one after the other.

    Returns ``{"data": …, "grads": …}`` of the values with the indices ``shown``, or of all.
    """
    values = build(module, leaves, steps)
    for index in outputs:
        values[index].backward()
    asked = values if shown is None else [values[index] for index in shown]
    return {"data": [v.data for v in asked], "grads": [v.grad for v in asked]}


def descend(module, weights, samples, targets, lr, steps):
    """Gradient descent on the squared error of one linear neuron; the last of ``weights`` is its bias.

    Returns the weights after each step. The same values are used all the time; their gradients are set to 0 after each
    step.
    """
    weights = [module.Value(weight) for weight in weights]
    path = []
    for _ in range(steps):
        loss = module.Value(0.0)
        for sample, target in zip(samples, targets):
            output = weights[-1]
            for weight, x in zip(weights, sample):
                output = output + weight * x
            error = output - target
            loss = loss + error * error
        loss.backward()
        for weight in weights:
            weight.data = weight.data - lr * weight.grad
            weight.grad = 0.0
        path.append([weight.data for weight in weights])
    return path
