"""Three steps of training a linear classifier: the loss, its gradient, the step."""

import torch


def cross_entropy(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """The mean of ``logsumexp(input) - input[target]`` over the samples: (N, C), (N,) → ()."""
    ### BEGIN SOLUTION
    shifted = input - input.max(dim=1, keepdim=True).values
    rows = torch.arange(len(target), device=input.device)
    return (shifted.exp().sum(dim=1).log() - shifted[rows, target]).mean()
    ### END SOLUTION


def cross_entropy_gradient(input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """The gradient of the loss by ``input``: ``(softmax - one-hot) / N``, (N, C)."""
    ### BEGIN SOLUTION
    gradient = torch.softmax(input, dim=1)
    gradient[torch.arange(len(target), device=input.device), target] -= 1
    return gradient / len(target)
    ### END SOLUTION


def sgd_step(params: list[torch.Tensor], grads: list[torch.Tensor], lr: float) -> None:
    """Change each of ``params`` in place: ``lr`` times its gradient is taken off."""
    ### BEGIN SOLUTION
    with torch.no_grad():
        for param, grad in zip(params, grads, strict=True):
            param -= lr * grad
    ### END SOLUTION
