"""Takes the maximum and the sum along axis 0, so the classes of different samples are mixed."""

import torch


class LogSoftmax:
    def __init__(self, axis=0):
        self.axis = axis

    def __call__(self, x):
        m, _ = x.max(self.axis, keepdim=True)
        norm = torch.exp(x - m).sum(self.axis, keepdim=True)
        return x - m - torch.log(norm)


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    out = LogSoftmax()(input)
    losses = [-out[i][t] for i, t in enumerate(target.tolist())]
    return sum(losses) / len(losses)
