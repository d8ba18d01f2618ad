"""Right: counts how many values wait for each one, and handles a value when its count has come down to 0."""

import math


class Value:
    def __init__(self, data, parents=(), derivatives=()):
        self.data = float(data)
        self.grad = 0.0
        self.parents = parents
        self.derivatives = derivatives

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, exponent):
        slope = exponent * self.data ** (exponent - 1) if exponent else 0.0
        return Value(self.data**exponent, (self,), (slope,))

    def exp(self):
        out = math.exp(self.data)
        return Value(out, (self,), (out,))

    def log(self):
        return Value(math.log(self.data), (self,), (1 / self.data,))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, (self,), (1 - t * t,))

    def relu(self):
        return Value(max(self.data, 0.0), (self,), (1.0 if self.data > 0 else 0.0,))

    def backward(self):
        waits, found = {self: 0}, [self]
        for value in found:  # grows while it is walked through
            for parent in value.parents:
                if parent not in waits:
                    waits[parent] = 0
                    found.append(parent)
                waits[parent] += 1
        flow, ready = {value: 0.0 for value in found}, [self]
        flow[self] = 1.0
        while ready:
            value = ready.pop()
            value.grad += flow[value]
            for parent, derivative in zip(value.parents, value.derivatives):
                flow[parent] += flow[value] * derivative
                waits[parent] -= 1
                if waits[parent] == 0:
                    ready.append(parent)

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -other

    def __truediv__(self, other):
        return self * other**-1.0

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return -self + other

    def __rtruediv__(self, other):
        return self**-1.0 * other

    def __repr__(self):
        return f"Value({self.data:.6g}, grad={self.grad:.6g})"
