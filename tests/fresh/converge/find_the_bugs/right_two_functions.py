"""Right: one function for an epoch of training, one for validation, batches by splitting the order."""

import math

import torch


@torch.no_grad()
def _validate(model, loss_fn, inputs, classes):
    model.eval()
    return float(loss_fn(model(inputs), torch.sub(classes, 1)))


def _epoch(model, loss_fn, optimizer, inputs, classes, order, batch_size):
    model.train()
    losses = []
    for chosen in order.split(batch_size):
        logits = model(inputs.index_select(0, chosen))
        loss = loss_fn(logits, classes.index_select(0, chosen) - 1)
        for group in optimizer.param_groups:
            for parameter in group["params"]:
                parameter.grad = None
        loss.backward()
        optimizer.step()
        losses.extend([loss.item()] * len(chosen))
    return math.fsum(losses) / len(losses)


def train(model, loss_fn, optimizer, scheduler, data, valid, epochs, batch_size, generator):
    history = []
    while len(history) < epochs:
        order = torch.randperm(len(data[0]), generator=generator).to(data[0].device)
        loss = _epoch(model, loss_fn, optimizer, *data, order, batch_size)
        history.append((loss, _validate(model, loss_fn, *valid)))
        scheduler.step()
    return history
