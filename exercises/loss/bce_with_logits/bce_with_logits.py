"""Binary cross-entropy from logits: the loss of yes-or-no questions."""

import torch


def bce_with_logits(input: torch.Tensor, target: torch.Tensor, pos_weight: torch.Tensor | None = None) -> torch.Tensor:
    """Mean over all elements of ``-(pos_weight * y * log σ(x) + (1 - y) * log(1 - σ(x)))``.

    Args:
        input: logits x, any shape, floating point.
        target: probabilities y in [0, 1], shape and dtype of ``input``.
        pos_weight: factor of the positive part, broadcast to the shape of ``input``; None is a factor of 1.

    Returns:
        The mean loss, shape (), dtype of ``input``. Finite for large logits; its gradient is right at 0 as well.

    Raises:
        ValueError: the shapes of ``input`` and ``target`` differ.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy_with_logits.html
    """
    # YOUR CODE HERE
    raise NotImplementedError()
