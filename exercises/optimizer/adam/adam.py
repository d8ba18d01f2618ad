"""Adam and AdamW: a step of about the same length for every element, whatever the size of its gradient."""

from collections.abc import Sequence

import torch


def adam_step(
    params: Sequence[torch.Tensor],
    grads: Sequence[torch.Tensor | None],
    exp_avgs: Sequence[torch.Tensor],
    exp_avg_sqs: Sequence[torch.Tensor],
    steps: list[int],
    lr: float,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 0.0,
    decoupled: bool = False,
) -> None:
    """One step against the running mean of the gradient, divided by the root of that of its square, both corrected.

    Args:
        params: the parameters, updated in place; they may require grad.
        grads: the gradient of each parameter, left as it is; None skips the parameter and all that belongs to it.
        exp_avgs: the running mean of each gradient, updated in place; zeros before the first step.
        exp_avg_sqs: the running mean of each gradient's square, updated in place; zeros before the first step.
        steps: how many steps each parameter has made; the entry of each that makes one now grows by 1.
        lr: learning rate of this step.
        betas: what part of the first and of the second running mean stays.
        eps: added to the root of the corrected second mean.
        weight_decay: factor of the decay.
        decoupled: False: the decay is added to the gradient, as in Adam; True: it is kept apart, as in AdamW.

    Source: Kingma and Ba, https://arxiv.org/abs/1412.6980; Loshchilov and Hutter, https://arxiv.org/abs/1711.05101;
    https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html
    """
    # YOUR CODE HERE
    raise NotImplementedError()
