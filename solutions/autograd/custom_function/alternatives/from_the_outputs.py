"""Gradients from what the forward pass has computed: the inputs need not be kept."""

import torch


class Swish(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input, beta):
        gate = torch.sigmoid(beta * input)
        output = input * gate
        ctx.save_for_backward(input, beta, gate, output)
        return output

    @staticmethod
    def backward(ctx, grad_output):
        input, beta, gate, output = ctx.saved_tensors
        grad_input = grad_beta = None
        if ctx.needs_input_grad[0]:
            grad_input = grad_output * (gate + beta * output * (1 - gate))
        if ctx.needs_input_grad[1]:
            grad_beta = torch.sum(grad_output * input * output * (1 - gate))  # one beta for all elements
        return grad_input, grad_beta


class Sign(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input):
        ctx.mark = (input < -1) | (input > 1)  # nobody else holds it
        output = torch.ones_like(input)
        output[input < 0] = -1
        return output

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output.masked_fill(ctx.mark, 0)


class CrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input, target):
        rows = torch.arange(len(target), device=target.device)
        gradient = torch.softmax(input, dim=1)
        gradient[rows, target] -= 1
        ctx.save_for_backward(gradient / len(target))
        return (torch.logsumexp(input, dim=1) - input[rows, target]).mean()

    @staticmethod
    def backward(ctx, grad_output):
        (gradient,) = ctx.saved_tensors
        return gradient * grad_output, None
