import torch


def train(model, loss_fn, optimizer, batches, epochs):
    model.train()
    sizes = torch.tensor([float(target.shape[0]) for _, target in batches])
    history = []
    for _ in range(epochs):
        losses = []
        for input, target in batches:

            def closure(input=input, target=target):
                optimizer.zero_grad()
                loss = loss_fn(model(input), target)
                loss.backward()
                return loss

            losses.append(optimizer.step(closure).detach())
        losses = torch.stack(losses)
        weights = sizes.to(losses) / sizes.sum()
        history.append((losses * weights).sum().item())
    return history
