"""An iterator class that takes one sample after the other out of a list of those that are left (Fisher and Yates)."""

import torch


class Epoch:
    def __init__(self, input, target, batch_size, shuffle, drop_last, generator):
        self.data, self.batch_size = (input, target), batch_size
        self.shuffle, self.drop_last, self.generator = shuffle, drop_last, generator
        self.left = list(range(len(input)))

    def __iter__(self):
        return self

    def draw(self):
        where = 0
        if self.shuffle:
            where = int(torch.randint(len(self.left), (1,), generator=self.generator))
        return self.left.pop(where)

    def __next__(self):
        size = min(self.batch_size, len(self.left))
        if size == 0 or (self.drop_last and size < self.batch_size):
            raise StopIteration
        batch = [self.draw() for _ in range(size)]
        return [torch.stack([tensor[number] for number in batch]) for tensor in self.data]


def minibatches(input, target, batch_size, shuffle=False, drop_last=False, generator=None):
    if batch_size <= 0 or len(input) != len(target):
        raise ValueError("what should the batches be made of?")
    return Epoch(input, target, batch_size, shuffle, drop_last, generator)
