"""Right: a loop over the outputs without any matrix product; each one adds its share, in float64."""

import torch


def linear_backward(
    grad_output: torch.Tensor, input: torch.Tensor, weight: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    wide = dict(dtype=torch.float64, device=grad_output.device)
    x, w = input.to(**wide), weight.to(**wide)
    grad_input = torch.zeros(input.shape, **wide)
    grad_weight = torch.zeros(weight.shape, **wide)
    grad_bias = torch.zeros(weight.shape[0], **wide)
    for o in range(weight.shape[0]):
        upstream = grad_output[:, o].to(**wide)
        grad_input += torch.outer(upstream, w[o])
        grad_weight[o] = (upstream[:, None] * x).sum(0)
        grad_bias[o] = upstream.sum()
    return tuple(gradient.to(grad_output.dtype) for gradient in (grad_input, grad_weight, grad_bias))
