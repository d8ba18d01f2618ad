"""Wrong: the softmax is exp divided by the sum of exp, without the largest logit taken off: nan for large logits."""

import torch


def mlp_forward(input, weight1, bias1, weight2, bias2):
    pre = input @ weight1.T + bias1
    hidden = pre.clamp(min=0)
    return pre, hidden, hidden @ weight2.T + bias2


def mlp_backward(input, target, weight1, bias1, weight2, bias2, weight_decay=0.0):
    pre, hidden, logits = mlp_forward(input, weight1, bias1, weight2, bias2)
    e = torch.exp(logits)
    p = e / e.sum(dim=1, keepdim=True)
    right = torch.nn.functional.one_hot(target, logits.shape[1]).to(input.dtype)
    grads = {"logits": (p - right) / input.shape[0]}
    grads["weight2"] = grads["logits"].T @ hidden + weight_decay * weight2
    grads["bias2"] = grads["logits"].sum(dim=0)
    grads["hidden"] = grads["logits"] @ weight2
    grads["pre"] = grads["hidden"] * (pre > 0)
    grads["weight1"] = grads["pre"].T @ input + weight_decay * weight1
    grads["bias1"] = grads["pre"].sum(dim=0)
    grads["input"] = grads["pre"] @ weight1
    return grads
