"""Divides the product by the square root of the number of features, as in attention."""

import math

import torch


def linear(input, weight, bias=None):
    d = input.shape[-1]
    scores = input @ weight.transpose(-2, -1) / math.sqrt(d)
    if bias is not None:
        scores = scores + bias
    return scores
