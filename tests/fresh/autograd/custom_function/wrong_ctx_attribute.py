"""Wrong: Swish keeps its input as an attribute of ctx: if it is changed in place, the gradient is wrong."""

import torch


class Swish(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input, beta):
        ctx.input, ctx.beta = input, beta
        return input * torch.sigmoid(beta * input)

    @staticmethod
    def backward(ctx, grad_output):
        input, beta = ctx.input, ctx.beta
        s = torch.sigmoid(beta * input)
        slope = s * (1 - s)
        grad_input = grad_beta = None
        if ctx.needs_input_grad[0]:
            grad_input = grad_output * (s + beta * input * slope)
        if ctx.needs_input_grad[1]:
            grad_beta = (grad_output * input * (input * slope)).sum()
        return grad_input, grad_beta


class Sign(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input):
        ctx.save_for_backward(input)
        return torch.where(input >= 0, 1.0, -1.0).to(input.dtype)

    @staticmethod
    def backward(ctx, grad_output):
        (input,) = ctx.saved_tensors
        return grad_output * (input.abs() <= 1)


class CrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input, target):
        log_p = torch.log_softmax(input, dim=1)
        ctx.save_for_backward(log_p, target)
        return -log_p[torch.arange(len(target), device=target.device), target].mean()

    @staticmethod
    def backward(ctx, grad_output):
        log_p, target = ctx.saved_tensors
        grad = log_p.exp()
        grad[torch.arange(len(target), device=target.device), target] -= 1
        return grad * (grad_output / len(target)), None
