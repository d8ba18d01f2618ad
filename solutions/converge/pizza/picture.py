"""How the loss falls while the recogniser trains: on its own batches, and on pictures that it never sees."""

import torch
from torch.nn import functional

from grader.pictures import Picture, curve

STEPS, TRAINED_ON, TRIED_ON = 80, 320, 200


def logits(params, images):
    kernels, kernels_bias, weight, bias = params
    seen = functional.conv2d(images, kernels, kernels_bias, padding=1).relu()
    return functional.linear(functional.max_pool2d(seen, 3).flatten(1), weight, bias)


def picture(student, seed):
    """One training; both losses at the parameters before each step."""
    images, labels = student.run("pictures", TRAINED_ON + TRIED_ON, seed)
    found = student.run("watch", images[:TRAINED_ON], labels[:TRAINED_ON], STEPS, seed)
    batches, unseen = [], []
    with torch.no_grad():
        for step, (input, target) in zip(found["steps"], found["batches"], strict=False):
            batches.append(float(functional.cross_entropy(logits(step["before"], input), target)))
            answers = logits(step["before"], images[TRAINED_ON:])
            unseen.append(float(functional.cross_entropy(answers, labels[TRAINED_ON:])))
    curves = curve("Loss of each batch", "step", batches), curve("Loss on pictures never seen", "step", unseen)
    return Picture("How your recogniser learns", curves=curves)
