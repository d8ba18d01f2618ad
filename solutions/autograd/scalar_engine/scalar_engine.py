"""Automatic differentiation of plain numbers: values that remember how they were made."""

from __future__ import annotations

import math


class Value:
    """A number in a computation, with room for its gradient.

    ``data`` is the number and ``grad`` its gradient, both Python floats. ``parents`` are the values that this one was
    made from; ``derivatives`` says for each of them how fast this number changes with it.

    Source: section 2 of https://arxiv.org/abs/1502.05767 (Baydin et al., reverse mode)
    """

    def __init__(self, data: float, parents: tuple[Value, ...] = (), derivatives: tuple[float, ...] = ()) -> None:
        self.data = float(data)
        self.grad = 0.0
        self.parents = parents
        self.derivatives = derivatives

    def __neg__(self) -> Value:
        """Minus this value: an example of an operation, complete."""
        return Value(-self.data, (self,), (-1.0,))

    def __add__(self, other: Value | float) -> Value:
        """The sum of two values, or of a value and a number."""
        other = other if isinstance(other, Value) else Value(other)
        ### BEGIN SOLUTION
        return Value(self.data + other.data, (self, other), (1.0, 1.0))
        ### END SOLUTION

    def __mul__(self, other: Value | float) -> Value:
        """The product of two values, or of a value and a number."""
        other = other if isinstance(other, Value) else Value(other)
        ### BEGIN SOLUTION
        return Value(self.data * other.data, (self, other), (other.data, self.data))
        ### END SOLUTION

    def __pow__(self, exponent: float) -> Value:
        """This value to the power of a number (not of a value)."""
        ### BEGIN SOLUTION
        return Value(self.data**exponent, (self,), (exponent * self.data ** (exponent - 1),))
        ### END SOLUTION

    def exp(self) -> Value:
        """e to the power of this value."""
        ### BEGIN SOLUTION
        result = math.exp(self.data)
        return Value(result, (self,), (result,))
        ### END SOLUTION

    def log(self) -> Value:
        """The natural logarithm of this value, which is positive."""
        ### BEGIN SOLUTION
        return Value(math.log(self.data), (self,), (1 / self.data,))
        ### END SOLUTION

    def tanh(self) -> Value:
        """The hyperbolic tangent of this value."""
        ### BEGIN SOLUTION
        result = math.tanh(self.data)
        return Value(result, (self,), (1 - result**2,))
        ### END SOLUTION

    def relu(self) -> Value:
        """This value where it is positive, else 0; the derivative at 0 is 0."""
        ### BEGIN SOLUTION
        return Value(max(self.data, 0.0), (self,), (float(self.data > 0),))
        ### END SOLUTION

    def backward(self) -> None:
        """Add to ``grad`` of this value, and of every value that it was made from, the derivative of this value by it.

        Values are visited once each, however many ways lead to them, and however long these are.
        """
        ### BEGIN SOLUTION
        order: list[Value] = []  # parents before what was made from them
        seen: set[Value] = set()
        stack = [(self, False)]  # a list of our own: Python's calls nest a thousand deep, and no deeper
        while stack:
            value, complete = stack.pop()
            if complete:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                stack.append((value, True))
                stack.extend((parent, False) for parent in value.parents)

        arrived = dict.fromkeys(order, 0.0)  # of this backward pass alone: `grad` may hold older ones
        arrived[self] = 1.0
        for value in reversed(order):  # all that was made from it had its turn: nothing more will arrive
            value.grad += arrived[value]
            for parent, derivative in zip(value.parents, value.derivatives, strict=True):
                arrived[parent] += derivative * arrived[value]
        ### END SOLUTION

    # What follows is made of the operations above.

    def __sub__(self, other: Value | float) -> Value:
        return self + -other

    def __truediv__(self, other: Value | float) -> Value:
        return self * other**-1.0

    def __radd__(self, other: float) -> Value:  # a number to the left: 2 + value
        return self + other

    def __rmul__(self, other: float) -> Value:
        return self * other

    def __rsub__(self, other: float) -> Value:
        return -self + other

    def __rtruediv__(self, other: float) -> Value:
        return self**-1.0 * other

    def __repr__(self) -> str:
        return f"Value({self.data:.6g}, grad={self.grad:.6g})"
