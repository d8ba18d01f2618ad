"""Wrong: goes back in the order in which a breadth-first search meets the values, not in a topological one."""

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
        order, seen, k = [self], {id(self)}, 0
        while k < len(order):
            for parent in order[k].parents:
                if id(parent) not in seen:
                    seen.add(id(parent))
                    order.append(parent)
            k += 1
        flow = {id(value): 0.0 for value in order}
        flow[id(self)] = 1.0
        for value in order:
            for parent, derivative in zip(value.parents, value.derivatives):
                flow[id(parent)] += flow[id(value)] * derivative
        for value in order:
            value.grad += flow[id(value)]

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
