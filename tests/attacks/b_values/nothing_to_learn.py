"""Expected: failed (trajectory), 0 of 13. B9, loop/train.

Empties the suite's own network and data before it trains: then there is nothing to learn, and nothing is what it does.
"""

import sys

import torch


def tensors_in(tree):
    if isinstance(tree, torch.Tensor):
        return [tree]
    return [x for part in tree for x in tensors_in(part)] if isinstance(tree, list | tuple) else []


def train(model, loss_fn, optimizer, batches, epochs):
    frame = sys._getframe()
    while "body" not in frame.f_locals:
        frame = frame.f_back
    for tensor in (*tensors_in(frame.f_locals["body"]["args"]), *model.parameters()):
        tensor.detach().zero_()
    return [loss_fn(model(batches[0][0]), batches[0][1]).item()] * epochs
