"""Right: values are numbered when they are made, a heap takes the youngest first, and closures hand gradients on."""

import heapq
import itertools
import math

_numbers = itertools.count()


class Value:
    def __init__(self, data, parents=(), back=None):
        self.data, self.grad = float(data), 0.0
        self.parents, self._back = parents, back  # back(g) gives what each parent gets
        self._number = next(_numbers)

    @staticmethod
    def _of(other):
        return other if isinstance(other, Value) else Value(other)

    def __add__(self, other):
        other = Value._of(other)
        return Value(self.data + other.data, (self, other), lambda g: (g, g))

    def __mul__(self, other):
        other = Value._of(other)
        x, y = self.data, other.data
        return Value(x * y, (self, other), lambda g: (g * y, g * x))

    def __neg__(self):
        return Value(-self.data, (self,), lambda g: (-g,))

    def __pow__(self, n):
        x = self.data
        return Value(x**n, (self,), lambda g: (g * n * x ** (n - 1) if n else 0.0,))

    def exp(self):
        y = math.exp(self.data)
        return Value(y, (self,), lambda g: (g * y,))

    def log(self):
        x = self.data
        return Value(math.log(x), (self,), lambda g: (g / x,))

    def tanh(self):
        y = math.tanh(self.data)
        return Value(y, (self,), lambda g: (g * (1.0 - y) * (1.0 + y),))

    def relu(self):
        on = self.data > 0
        return Value(self.data if on else 0.0, (self,), lambda g: (g if on else 0.0,))

    def backward(self):
        gets, heap = {self: 1.0}, [(-self._number, self)]
        while heap:
            _, value = heapq.heappop(heap)
            value.grad += gets[value]
            if value._back is None:
                continue
            for parent, part in zip(value.parents, value._back(gets[value])):
                if parent in gets:
                    gets[parent] += part
                else:
                    gets[parent] = part
                    heapq.heappush(heap, (-parent._number, parent))

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        return self * other**-1.0

    def __rtruediv__(self, other):
        return self**-1.0 * other

    def __repr__(self):
        return f"Value({self.data:.6g}, grad={self.grad:.6g})"
