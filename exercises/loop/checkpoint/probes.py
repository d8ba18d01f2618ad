"""Probes for ``loop/checkpoint``: training runs, on the CPU, that are saved and resumed by the student's functions.

All of them take the same plan, the keyword arguments of :class:`Training`. What they return of a run is
``{"parameters": …, "buffers": …}`` of its model.
"""

import io

import torch
from torch import nn


class Training:
    """A network, an optimizer, a learning rate schedule and a generator, made from nothing.

    Args:
        layers: a pair (weight, bias or None) for each linear layer; tanh stands between them.
        input, target: the data; the loss is the mean squared error.
        seed: of the generator that shuffles, and of the global one.
        optimizer: a name in ``torch.optim``; ``options`` are its options.
        step_size, gamma: every ``step_size`` epochs the learning rate is multiplied by ``gamma``.
        batch_size, shuffle: of the batches.
        norm, dropout: batch normalization and dropout after the first layer.
        fresh: begin with weights of PyTorch's choice and with other seeds, as a program does that was started again.
    """

    def __init__(
        self,
        layers,
        input,
        target,
        seed=0,
        optimizer="SGD",
        step_size=1,
        gamma=1.0,
        batch_size=4,
        shuffle=False,
        norm=False,
        dropout=0.0,
        fresh=False,
        **options,
    ):
        torch.manual_seed(seed + 1000 * fresh)
        self.generator = torch.Generator().manual_seed(seed + 1000 * fresh + 1)
        self.data, self.batch_size, self.shuffle = (input.cpu(), target.cpu()), batch_size, shuffle
        self.model = nn.Sequential(*_modules(layers, norm, dropout, fresh))
        self.optimizer = getattr(torch.optim, optimizer)(self.model.parameters(), **options)
        self.scheduler = torch.optim.lr_scheduler.StepLR(self.optimizer, step_size, gamma)
        self.finished = 0

    def run(self, epochs):
        """Train for so many epochs."""
        input, target = self.data
        self.model.train()
        for _ in range(epochs):
            order = torch.arange(len(input))
            if self.shuffle:
                order = torch.randperm(len(input), generator=self.generator)
            for batch in order.split(self.batch_size):
                self.optimizer.zero_grad()
                nn.functional.mse_loss(self.model(input[batch]), target[batch]).backward()
                self.optimizer.step()
            self.scheduler.step()
            self.finished += 1

    def save(self, module):
        return module.save_checkpoint(self.model, self.optimizer, self.scheduler, self.generator, self.finished)

    def load(self, module, checkpoint):
        return module.load_checkpoint(checkpoint, self.model, self.optimizer, self.scheduler, self.generator)

    def state(self):
        return {
            "parameters": [parameter.detach().clone() for parameter in self.model.parameters()],
            "buffers": [buffer.clone() for buffer in self.model.buffers()],
        }


def uninterrupted(module, epochs, **plan):
    """Train without a checkpoint: the student's functions are not called."""
    training = Training(**plan)
    training.run(epochs)
    return training.state()


def resumed(module, epochs, stop, **plan):
    """Save after ``stop`` epochs, load into a fresh run, and train on until ``epochs`` are over.

    Returns the run's state, with ``"epoch"``: what ``load_checkpoint`` returned.
    """
    training = Training(**plan)
    training.run(stop)
    checkpoint = training.save(module)
    training = Training(**plan, fresh=True)
    epoch = training.load(module, checkpoint)
    training.run(epochs - stop)
    return {**training.state(), "epoch": epoch}


def went_on(module, stop, more, **plan):
    """Save after ``stop`` epochs, train on for ``more`` epochs, and go back: the state right after loading."""
    training = Training(**plan)
    training.run(stop)
    checkpoint = training.save(module)
    training.run(more)
    training.load(module, checkpoint)
    return training.state()


def several(module, epochs, stop, **plan):
    """Save after ``stop`` epochs and resume three times from the same checkpoint: the state at the end of each."""
    training = Training(**plan)
    training.run(stop)
    checkpoint = training.save(module)
    states = []
    for _ in range(3):
        training = Training(**plan, fresh=True)
        training.load(module, checkpoint)
        training.run(epochs - stop)
        states.append(training.state())
    return states


def saving(module, epochs, **plan):
    """Save after every epoch; then load the last checkpoint into a fresh run.

    Returns ``{"run": the state of the run that was saved, "training": whether its model was in training mode after each
    time, "loaded": the state of the fresh run right after loading}``.
    """
    training, modes = Training(**plan), []
    for _ in range(epochs):
        training.run(1)
        checkpoint = training.save(module)
        modes.append(training.model.training)
    state = training.state()
    training = Training(**plan, fresh=True)
    training.load(module, checkpoint)
    return {"run": state, "training": modes, "loaded": training.state()}


def by_file(module, epochs, stop, more=0, **plan):
    """As ``resumed``, but the checkpoint is written to a file in memory and read again.

    It is written after the run that was saved has trained on for ``more`` epochs.
    """
    training = Training(**plan)
    training.run(stop)
    checkpoint = training.save(module)
    training.run(more)
    file = io.BytesIO()
    torch.save(checkpoint, file)
    file.seek(0)
    training = Training(**plan, fresh=True)
    training.load(module, torch.load(file, weights_only=True))
    training.run(epochs - stop)
    return training.state()


def mixed(module, late, early, **plan):
    """Save after ``early`` and after ``late`` epochs, and load the later checkpoint with the earlier one's numbers.

    All floats and all tensors of floats in it are replaced. Returns the state right after loading.
    """
    training = Training(**plan)
    training.run(early)
    file = io.BytesIO()
    torch.save(training.save(module), file)
    training.run(late - early)
    file.seek(0)
    checkpoint = _with_numbers_of(torch.load(file, weights_only=True), training.save(module))
    training = Training(**plan, fresh=True)
    training.load(module, checkpoint)
    return training.state()


def _with_numbers_of(other, tree):
    if isinstance(tree, float) or (isinstance(tree, torch.Tensor) and tree.is_floating_point()):
        return other
    if isinstance(tree, dict):
        pairs = zip(other.values(), tree.values(), strict=True)
        return dict(zip(tree, (_with_numbers_of(*pair) for pair in pairs), strict=True))
    if isinstance(tree, list | tuple):
        return type(tree)(_with_numbers_of(*pair) for pair in zip(other, tree, strict=True))
    return tree


def _modules(layers, norm, dropout, fresh):
    for index, (weight, bias) in enumerate(layers):
        outputs, inputs = weight.shape
        if index:
            yield nn.Tanh()
        linear = nn.Linear(inputs, outputs, bias=bias is not None, dtype=weight.dtype)
        if not fresh:
            linear.load_state_dict({"weight": weight} if bias is None else {"weight": weight, "bias": bias})
        yield linear
        if norm and not index:
            yield nn.BatchNorm1d(outputs, dtype=weight.dtype)
        if dropout and not index:
            yield nn.Dropout(dropout)
