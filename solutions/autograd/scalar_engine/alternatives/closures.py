"""Every value keeps a function that hands its gradient on; gradients in between begin anew in every pass."""

import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad, self.parents = float(data), 0.0, parents
        self.hand_on = lambda: None

    def made(self, data, derivative, other=None, derivative_of_other=None):
        result = Value(data, (self,) if other is None else (self, other))

        def hand_on():
            self.grad += derivative * result.grad
            if other is not None:
                other.grad += derivative_of_other * result.grad

        result.hand_on = hand_on
        return result

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return self.made(self.data + other.data, 1.0, other, 1.0)

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return self.made(self.data * other.data, other.data, other, self.data)

    def __pow__(self, exponent):
        return self.made(self.data**exponent, exponent * self.data ** (exponent - 1))

    def exp(self):
        return self.made(math.exp(self.data), math.exp(self.data))

    def log(self):
        return self.made(math.log(self.data), 1 / self.data)

    def tanh(self):
        return self.made(math.tanh(self.data), 1 / math.cosh(self.data) ** 2)

    def relu(self):
        return self.made(self.data, 1.0) if self.data > 0 else self.made(0.0, 0.0)

    def backward(self):
        waits_for, found = {self: 0}, [self]
        for value in found:
            for parent in value.parents:
                if parent not in waits_for:
                    waits_for[parent] = 0
                    found.append(parent)
                waits_for[parent] += 1
        for value in found:
            if value.parents:
                value.grad = 0.0
        self.grad += 1.0
        ready = [self]
        while ready:
            value = ready.pop()
            value.hand_on()
            for parent in value.parents:
                waits_for[parent] -= 1
                if not waits_for[parent]:
                    ready.append(parent)

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + other * -1.0

    def __truediv__(self, other):
        return self * other**-1.0

    def __rsub__(self, other):
        return self * -1.0 + other

    def __rtruediv__(self, other):
        return self**-1.0 * other

    __radd__, __rmul__ = __add__, __mul__
