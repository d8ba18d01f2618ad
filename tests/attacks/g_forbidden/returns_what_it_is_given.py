"""Expected: failed (value), 0 of 13. G10, optimizer/sgd.

A step that stays where it is, and says so politely.
"""


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for parameter in params:
        parameter.data = parameter.data
