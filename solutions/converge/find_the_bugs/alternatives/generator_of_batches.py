"""The batches from a function of their own; gradients set to None by hand; back to training mode after validation."""

import torch


def batches(data, batch_size, generator):
    order = torch.randperm(data[1].shape[0], generator=generator)
    for index in order.split(batch_size):
        index = index.to(data[0].device)
        yield data[0].index_select(0, index), data[1].index_select(0, index) - 1


@torch.no_grad()
def validate(model, loss_fn, valid):
    model.eval()
    result = float(loss_fn(model(valid[0]), valid[1] - 1))
    model.train()
    return result


def train(model, loss_fn, optimizer, scheduler, data, valid, epochs, batch_size, generator):
    model.train()
    history = []
    for _ in range(epochs):
        losses, sizes = [], []
        for input, labels in batches(data, batch_size, generator):
            for parameter in model.parameters():
                parameter.grad = None
            loss = loss_fn(model(input), labels)
            loss.backward()
            optimizer.step()
            losses.append(loss.detach())
            sizes.append(len(labels))
        mean = torch.stack(losses) @ torch.tensor(sizes).to(losses[0]) / sum(sizes)
        history.append((mean.item(), validate(model, loss_fn, valid)))
        scheduler.step()
    return history
