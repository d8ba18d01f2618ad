"""A plain loop over the places of the output; each gives its gradient back to one window and to the weight."""

import torch


def conv2d_backward(grad_output, input, weight, stride=1, padding=0):
    padded = torch.nn.functional.pad(input, [padding] * 4)
    grad_padded, grad_weight = torch.zeros_like(padded), torch.zeros_like(weight)
    grad_bias = weight.new_zeros(len(weight))
    for r in range(grad_output.shape[2]):
        for c in range(grad_output.shape[3]):
            top, left = r * stride, c * stride
            window = slice(top, top + weight.shape[2]), slice(left, left + weight.shape[3])
            upstream = grad_output[:, :, r, c]
            for sample, gradient in enumerate(upstream):
                factors = gradient[:, None, None, None]
                grad_padded[sample, :, *window] += (factors * weight).sum(dim=0)
                grad_weight += factors * padded[sample, :, *window]
            grad_bias += upstream.sum(dim=0)
    bottom, right = padding + input.shape[2], padding + input.shape[3]
    return grad_padded[:, :, padding:bottom, padding:right], grad_weight, grad_bias
