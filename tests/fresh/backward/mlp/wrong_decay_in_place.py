"""Wrong: the penalty is worked out by multiplying the weights in place, which changes the caller's own weights."""

import torch


def mlp_forward(input, weight1, bias1, weight2, bias2):
    pre = input @ weight1.T + bias1
    hidden = pre.clamp(min=0)
    return pre, hidden, hidden @ weight2.T + bias2


def mlp_backward(input, target, weight1, bias1, weight2, bias2, weight_decay=0.0):
    pre, hidden, logits = mlp_forward(input, weight1, bias1, weight2, bias2)
    n, classes = logits.shape
    p = logits.softmax(dim=1)
    y = torch.eye(classes, dtype=p.dtype, device=p.device)[target]
    d_logits = (p - y) / n
    d_hidden = d_logits @ weight2
    d_pre = d_hidden * (pre > 0).to(p.dtype)
    d_input = d_pre @ weight1
    d_weight2 = weight2.mul_(weight_decay) + d_logits.T @ hidden
    d_weight1 = weight1.mul_(weight_decay) + d_pre.T @ input
    return {
        "logits": d_logits, "weight2": d_weight2, "bias2": d_logits.sum(dim=0), "hidden": d_hidden,
        "pre": d_pre, "weight1": d_weight1, "bias1": d_pre.sum(dim=0), "input": d_input,
    }
