"""What is changed in place after the forward pass leads to a wrong gradient: save tensors with `ctx.save_for_backward`.

Signature: all else is right. Here inputs are kept as attributes of `ctx`, which autograd does not watch.
"""

import torch


class Swish(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input, beta):
        ctx.input, ctx.beta = input, beta
        return input * torch.sigmoid(beta * input)

    @staticmethod
    def backward(ctx, grad_output):
        input, beta = ctx.input, ctx.beta
        gate = torch.sigmoid(beta * input)
        slope = gate * (1 - gate)
        grad_input = grad_beta = None
        if ctx.needs_input_grad[0]:
            grad_input = grad_output * (gate + beta * input * slope)
        if ctx.needs_input_grad[1]:
            grad_beta = (grad_output * input**2 * slope).sum()  # one beta for all elements
        return grad_input, grad_beta


class Sign(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input):
        ctx.input = input
        return torch.where(input >= 0, 1.0, -1.0).to(input.dtype)

    @staticmethod
    def backward(ctx, grad_output):
        input = ctx.input
        return grad_output * (input.abs() <= 1)


class CrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input, target):
        logs = torch.log_softmax(input, dim=1)
        ctx.input, ctx.target = input, target
        return -logs.gather(1, target[:, None]).mean()

    @staticmethod
    def backward(ctx, grad_output):
        logs, target = torch.log_softmax(ctx.input, dim=1), ctx.target
        right = torch.nn.functional.one_hot(target, logs.shape[1])
        return grad_output * (logs.exp() - right) / len(target), None
