"""The path of SGD through a long valley that lies across both axes, without momentum and with it."""

import math

import torch

from grader.pictures import Picture, surface, walk

ANGLE = math.radians(25)
STEEP, FLAT = 12.0, 0.6  # curvatures across and along the valley
START = (-3.3, 0.9)


def loss(x, y):
    """A quadratic bowl, turned by ANGLE."""
    along = math.cos(ANGLE) * x + math.sin(ANGLE) * y
    across = -math.sin(ANGLE) * x + math.cos(ANGLE) * y
    return 0.5 * (FLAT * along**2 + STEEP * across**2)


def gradient(point):
    point = point.clone().requires_grad_()
    (grad,) = torch.autograd.grad(loss(point[0], point[1]), point)
    return grad


def path(student, label, **hyperparameters):
    velocity = torch.zeros(2, dtype=torch.float64)

    def step(point, number):
        student.sgd_step([point], [gradient(point)], [velocity], **hyperparameters)
        return point

    return walk(label, loss, START, step, 40)


def picture(student, seed):
    """Two walks of forty steps from the same start."""
    walks = [
        path(student, "plain, lr 0.14", lr=0.14),
        path(student, "momentum 0.8, lr 0.06", lr=0.06, momentum=0.8),
    ]
    valley = surface("A long valley", loss, ("w₁", "w₂"), (-4.0, 3.0, -3.0, 3.0), walks)
    return Picture("Where your steps lead", (valley,))
