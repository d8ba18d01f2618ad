"""torch.autograd.grad instead of backward(), log-probabilities instead of logits, gradients cleared last."""

import torch


def train(model, loss_fn, optimizer, scheduler, data, valid, epochs, batch_size, generator):
    input, classes = data
    labels = classes - torch.ones_like(classes)
    parameters = [p for group in optimizer.param_groups for p in group["params"]]
    history = []
    for epoch in range(epochs):
        if epoch:
            scheduler.step()
        order = torch.randperm(len(input), generator=generator).tolist()
        total = 0.0
        model.train(True)
        while order:
            now, order = order[:batch_size], order[batch_size:]
            loss = loss_fn(model(input[now]).log_softmax(dim=-1), labels[now])
            for parameter, grad in zip(parameters, torch.autograd.grad(loss, parameters), strict=True):
                parameter.grad = grad
            optimizer.step()
            optimizer.zero_grad()
            total = total + loss.item() * len(now)
        model.train(False)
        with torch.inference_mode():
            after = loss_fn(model(valid[0]), valid[1] - 1)
        history.append([total / len(input), float(after)])
    return history
