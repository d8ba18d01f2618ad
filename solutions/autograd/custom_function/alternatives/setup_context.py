"""The newer form: `forward` without ctx, and what is saved in `setup_context`."""

import torch
from torch.autograd import Function
from torch.autograd.function import once_differentiable


class Swish(Function):
    @staticmethod
    def forward(input, beta):
        return input / (1 + torch.exp(-beta * input))

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    @once_differentiable
    def backward(ctx, grad_output):
        input, beta = ctx.saved_tensors
        z = beta * input
        yes, no = torch.sigmoid(z), torch.sigmoid(-z)
        return (
            grad_output * yes * (1 + z * no) if ctx.needs_input_grad[0] else None,
            torch.dot((grad_output * input).reshape(-1), (input * yes * no).reshape(-1))
            if ctx.needs_input_grad[1]
            else None,
        )


class Sign(Function):
    @staticmethod
    def forward(input):
        return (input >= 0).to(input.dtype) * 2 - 1

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, grad_output):
        input = ctx.saved_tensors[0]
        return torch.where((input >= -1) & (input <= 1), grad_output, 0.0)


class CrossEntropy(Function):
    @staticmethod
    def forward(input, target):
        losses = [-torch.log_softmax(logits, dim=0)[label] for logits, label in zip(input, target, strict=True)]
        return torch.stack(losses).mean()

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, grad_output):
        input, target = ctx.saved_tensors
        gradient = torch.softmax(input, dim=1)
        gradient.scatter_add_(1, target.unsqueeze(1), -torch.ones_like(gradient))
        return gradient.mul(grad_output).div(input.size(0)), None
