"""Right: an autograd function with a backward pass by hand normalizes; weight and bias are left to autograd."""

import torch


def _statistics(x, eps):
    distance = x - torch.sum(x, -1, keepdim=True) / x.shape[-1]
    root = torch.sqrt(torch.sum(distance**2, -1, keepdim=True) / x.shape[-1] + eps)
    return distance / root, root


class _Standardize(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, eps):
        ctx.save_for_backward(x)
        ctx.eps = eps
        return _statistics(x, eps)[0]

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        hat, root = _statistics(x, ctx.eps)
        along_one = g.mean(-1, keepdim=True)
        along_hat = (g * hat).mean(-1, keepdim=True)
        return (g - along_one - hat * along_hat) / root, None


def layer_norm(
    input: torch.Tensor,
    weight: torch.Tensor | None = None,
    bias: torch.Tensor | None = None,
    eps: float = 1e-5,
) -> torch.Tensor:
    half = input.dtype in {torch.float16, torch.bfloat16}
    output = _Standardize.apply(input.to(torch.float32) if half else input, eps)
    for parameter, apply in ((weight, torch.mul), (bias, torch.add)):
        if parameter is not None:
            output = apply(output, parameter)
    return output.to(input.dtype)
