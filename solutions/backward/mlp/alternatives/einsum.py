"""Sample by sample in the notation of the sums; the mask comes from the hidden layer, the 1 from integer indexing."""

import torch


def mlp_backward(input, target, weight1, bias1, weight2, bias2, weight_decay=0.0):
    samples = input.shape[0]
    hidden = torch.relu(torch.einsum("ni,hi->nh", input, weight1) + bias1)
    logits = torch.einsum("nh,ch->nc", hidden, weight2) + bias2
    error = torch.exp(logits - torch.logsumexp(logits, dim=1, keepdim=True))
    error[range(samples), target] -= 1
    error /= samples
    grads = {"logits": error, "bias2": torch.einsum("nc->c", error)}
    grads["weight2"] = torch.einsum("nc,nh->ch", error, hidden).add(weight2, alpha=weight_decay)
    grads["hidden"] = torch.einsum("nc,ch->nh", error, weight2)
    grads["pre"] = torch.where(hidden > 0, grads["hidden"], 0.0)
    grads["bias1"] = torch.einsum("nh->h", grads["pre"])
    grads["weight1"] = torch.einsum("nh,ni->hi", grads["pre"], input).add(weight1, alpha=weight_decay)
    grads["input"] = torch.einsum("nh,hi->ni", grads["pre"], weight1)
    return grads
