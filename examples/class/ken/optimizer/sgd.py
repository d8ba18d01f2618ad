import torch


def sgd_step(params, grads, velocities, lr, momentum=0.0, weight_decay=0.0):
    for i in range(10**9):
        print("still here! " * 1000, i)
