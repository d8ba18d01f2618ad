"""Right: windows as columns by unfold, two matrix products, and fold to add the windows up again."""

import torch
from torch.nn.functional import fold, unfold


def conv2d_backward(grad_output, input, weight, stride=1, padding=0):
    c_out = weight.shape[0]
    options = {"kernel_size": tuple(weight.shape[2:]), "stride": stride, "padding": padding}
    upstream = grad_output.flatten(2)
    columns = unfold(input, **options)
    grad_weight = torch.einsum("nop,nkp->ok", upstream, columns).reshape(weight.shape)
    spread = torch.matmul(weight.reshape(c_out, -1).T, upstream)
    grad_input = fold(spread, output_size=tuple(input.shape[2:]), **options)
    return grad_input, grad_weight, upstream.sum(dim=(0, 2))
