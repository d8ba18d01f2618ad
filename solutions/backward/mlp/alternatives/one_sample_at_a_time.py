"""One sample after the other: outer products add up in the gradients of the parameters."""

import torch


def mlp_backward(input, target, weight1, bias1, weight2, bias2, weight_decay=0.0):
    parameters = {"weight1": weight1, "bias1": bias1, "weight2": weight2, "bias2": bias2}
    grads = {name: torch.zeros_like(parameter) for name, parameter in parameters.items()}
    rows = {"logits": [], "hidden": [], "pre": [], "input": []}
    for x, label in zip(input, target, strict=True):
        h = weight1 @ x + bias1
        a = torch.where(h > 0, h, torch.zeros_like(h))
        p = torch.softmax(weight2 @ a + bias2, dim=0)
        p[label] -= 1
        row = {"logits": p / len(input)}
        row["hidden"] = weight2.T @ row["logits"]
        row["pre"] = row["hidden"] * (h > 0).to(h)
        row["input"] = weight1.T @ row["pre"]
        for name, value in row.items():
            rows[name].append(value)
        grads["weight2"] += torch.outer(row["logits"], a)
        grads["bias2"] += row["logits"]
        grads["weight1"] += torch.outer(row["pre"], x)
        grads["bias1"] += row["pre"]
    for name in ("weight1", "weight2"):
        grads[name] += weight_decay * parameters[name]
    return grads | {name: torch.stack(values) for name, values in rows.items()}
