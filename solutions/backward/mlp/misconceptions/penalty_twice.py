"""The penalty counts twice: with the factor 1/2 in the loss, its gradient is weight_decay * weight, without a 2."""

import torch


def mlp_backward(input, target, weight1, bias1, weight2, bias2, weight_decay=0.0):
    pre = input @ weight1.T + bias1
    hidden = torch.relu(pre)
    logits = hidden @ weight2.T + bias2
    right = torch.nn.functional.one_hot(target, len(bias2))
    grad_logits = (torch.softmax(logits, dim=1) - right) / len(input)
    grad_hidden = grad_logits @ weight2
    grad_pre = grad_hidden * (pre > 0)
    return {
        "logits": grad_logits,
        "weight2": grad_logits.T @ hidden + 2 * weight_decay * weight2,
        "bias2": grad_logits.sum(dim=0),
        "hidden": grad_hidden,
        "pre": grad_pre,
        "weight1": grad_pre.T @ input + 2 * weight_decay * weight1,
        "bias1": grad_pre.sum(dim=0),
        "input": grad_pre @ weight1,
    }
