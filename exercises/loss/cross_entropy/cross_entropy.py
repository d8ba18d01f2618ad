"""Cross-entropy from logits: the loss that trains a classifier."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Mean over the batch of ``-log softmax(input)[target]``.

    Args:
        input: logits, shape (N, C), floating point.
        target: the right class of each sample, shape (N,), int64 in [0, C).

    Returns:
        The mean loss, shape (), dtype of ``input``. Exact for large logits.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html
    """
    # YOUR CODE HERE
    raise NotImplementedError()
