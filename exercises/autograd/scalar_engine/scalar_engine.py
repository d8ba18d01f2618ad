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
        # YOUR CODE HERE
        raise NotImplementedError()

    def __mul__(self, other: Value | float) -> Value:
        """The product of two values, or of a value and a number."""
        other = other if isinstance(other, Value) else Value(other)
        # YOUR CODE HERE
        raise NotImplementedError()

    def __pow__(self, exponent: float) -> Value:
        """This value to the power of a number (not of a value)."""
        # YOUR CODE HERE
        raise NotImplementedError()

    def exp(self) -> Value:
        """e to the power of this value."""
        # YOUR CODE HERE
        raise NotImplementedError()

    def log(self) -> Value:
        """The natural logarithm of this value, which is positive."""
        # YOUR CODE HERE
        raise NotImplementedError()

    def tanh(self) -> Value:
        """The hyperbolic tangent of this value."""
        # YOUR CODE HERE
        raise NotImplementedError()

    def relu(self) -> Value:
        """This value where it is positive, else 0; the derivative at 0 is 0."""
        # YOUR CODE HERE
        raise NotImplementedError()

    def backward(self) -> None:
        """Add to ``grad`` of this value, and of every value that it was made from, the derivative of this value by it.

        Values are visited once each, however many ways lead to them, and however long these are.
        """
        # YOUR CODE HERE
        raise NotImplementedError()

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
