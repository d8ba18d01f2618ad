"""Wrong: one-hot rows and probabilities are made in float32 whatever the input is, so float64 gradients lose digits."""

import torch


def mlp_forward(input, weight1, bias1, weight2, bias2):
    pre = input @ weight1.T + bias1
    hidden = pre.clamp(min=0)
    return pre, hidden, hidden @ weight2.T + bias2


def mlp_backward(input, target, weight1, bias1, weight2, bias2, weight_decay=0.0):
    pre, hidden, logits = mlp_forward(input, weight1, bias1, weight2, bias2)
    probabilities = torch.softmax(logits.float(), dim=-1)
    one_hot = torch.zeros(logits.shape, device=input.device)
    one_hot.scatter_(1, target[:, None], 1.0)
    d_logits = ((probabilities - one_hot) / logits.shape[0]).to(input.dtype)
    d_hidden = d_logits @ weight2
    d_pre = torch.where(pre > 0, d_hidden, torch.zeros_like(d_hidden))
    d_weight1, d_weight2 = d_pre.T @ input, d_logits.T @ hidden
    if weight_decay:
        d_weight1, d_weight2 = d_weight1 + weight_decay * weight1, d_weight2 + weight_decay * weight2
    return dict(
        logits=d_logits, weight2=d_weight2, bias2=d_logits.sum(0), hidden=d_hidden,
        pre=d_pre, weight1=d_weight1, bias1=d_pre.sum(0), input=d_pre @ weight1,
    )
