"""The gradient passes the ReLU everywhere: where its input was not positive, it must become 0."""

import torch


def mlp_backward(input, target, weight1, bias1, weight2, bias2, weight_decay=0.0):
    pre = input @ weight1.T + bias1
    hidden = torch.relu(pre)
    logits = hidden @ weight2.T + bias2
    right = torch.nn.functional.one_hot(target, len(bias2))
    grad_logits = (torch.softmax(logits, dim=1) - right) / len(input)
    grad_hidden = grad_logits @ weight2
    grad_pre = grad_hidden
    return {
        "logits": grad_logits,
        "weight2": grad_logits.T @ hidden + weight_decay * weight2,
        "bias2": grad_logits.sum(dim=0),
        "hidden": grad_hidden,
        "pre": grad_pre,
        "weight1": grad_pre.T @ input + weight_decay * weight1,
        "bias1": grad_pre.sum(dim=0),
        "input": grad_pre @ weight1,
    }
