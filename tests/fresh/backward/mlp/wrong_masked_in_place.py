"""Wrong: "pre" is made from "hidden" in place, so that the gradient of the hidden layer has the ReLU's zeros too."""

import torch


def mlp_forward(input, weight1, bias1, weight2, bias2):
    pre = input @ weight1.T + bias1
    hidden = pre.clamp(min=0)
    return pre, hidden, hidden @ weight2.T + bias2


def mlp_backward(input, target, weight1, bias1, weight2, bias2, weight_decay=0.0):
    pre, hidden, logits = mlp_forward(input, weight1, bias1, weight2, bias2)
    n = len(target)
    gz = torch.softmax(logits, 1)
    gz[range(n), target] -= 1.0
    gz = gz / n
    gw2 = gz.T @ hidden + weight_decay * weight2
    ga = gz @ weight2
    gh = ga
    gh[pre <= 0] = 0
    gw1 = gh.T @ input + weight_decay * weight1
    return {
        "logits": gz, "weight2": gw2, "bias2": gz.sum(0), "hidden": ga,
        "pre": gh, "weight1": gw1, "bias1": gh.sum(0), "input": gh @ weight1,
    }
