import torch
import matplotlib.pyplot as plt


def train(model, loss_fn, optimizer, batches, epochs):
    plt.plot([1, 2, 3])
