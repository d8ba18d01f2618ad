"""Values are numbered as they are made: a parent's number is always smaller, so the largest number goes first."""

import heapq
import itertools
import math

NUMBERS = itertools.count()


class Value:
    def __init__(self, data, made_from=()):
        self.data, self.grad = float(data), 0.0
        self.made_from = made_from  # pairs of a parent and the derivative by it
        self.number = next(NUMBERS)

    def __add__(self, other):
        other = _value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __sub__(self, other):
        other = _value(other)
        return Value(self.data - other.data, ((self, 1.0), (other, -1.0)))

    def __mul__(self, other):
        other = _value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __truediv__(self, other):
        other = _value(other)
        quotient = self.data / other.data
        return Value(quotient, ((self, 1 / other.data), (other, -quotient / other.data)))

    def __pow__(self, exponent):
        return Value(self.data**exponent, ((self, exponent * self.data ** (exponent - 1)),))

    def __neg__(self):
        return Value(-self.data, ((self, -1.0),))

    def __radd__(self, other):
        return _value(other) + self

    def __rsub__(self, other):
        return _value(other) - self

    def __rmul__(self, other):
        return _value(other) * self

    def __rtruediv__(self, other):
        return _value(other) / self

    def exp(self):
        return Value(math.exp(self.data), ((self, math.exp(self.data)),))

    def log(self):
        return Value(math.log(self.data), ((self, 1 / self.data),))

    def tanh(self):
        result = math.tanh(self.data)
        return Value(result, ((self, (1 - result) * (1 + result)),))

    def relu(self):
        return Value(self.data * (self.data > 0), ((self, 1.0 if self.data > 0 else 0.0),))

    def backward(self):
        gradients = {self.number: 1.0}
        heap = [(-self.number, self)]
        while heap:
            _, value = heapq.heappop(heap)
            gradient = gradients[value.number]
            value.grad += gradient
            for parent, derivative in value.made_from:
                if parent.number not in gradients:
                    gradients[parent.number] = 0.0
                    heapq.heappush(heap, (-parent.number, parent))
                gradients[parent.number] += derivative * gradient


def _value(x):
    return x if isinstance(x, Value) else Value(x)
