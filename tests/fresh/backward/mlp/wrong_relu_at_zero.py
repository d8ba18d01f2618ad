"""Wrong: the ReLU hands its gradient on where the pre-activation is exactly 0, as it asks for >= 0 instead of > 0."""

import torch


def mlp_forward(input, weight1, bias1, weight2, bias2):
    pre = input @ weight1.T + bias1
    hidden = pre.clamp(min=0)
    return pre, hidden, hidden @ weight2.T + bias2


def mlp_backward(input, target, weight1, bias1, weight2, bias2, weight_decay=0.0):
    pre, hidden, logits = mlp_forward(input, weight1, bias1, weight2, bias2)
    n = len(input)
    g_logits = torch.softmax(logits, dim=1)
    g_logits[torch.arange(n), target] -= 1
    g_logits /= n
    g_hidden = g_logits @ weight2
    g_pre = g_hidden * (pre >= 0)
    return {
        "logits": g_logits,
        "weight2": g_logits.T @ hidden + weight_decay * weight2,
        "bias2": g_logits.sum(0),
        "hidden": g_hidden,
        "pre": g_pre,
        "weight1": g_pre.T @ input + weight_decay * weight1,
        "bias1": g_pre.sum(0),
        "input": g_pre @ weight1,
    }
