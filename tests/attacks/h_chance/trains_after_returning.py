"""Expected: failed (trajectory), 0 of 13. H5, loop/train.

Returns at once and trains afterwards, in a thread: the clock stops at the return, and the list fills up later.
"""

import threading
import time


def work(history, model, loss_fn, optimizer, batches, epochs):
    time.sleep(1)
    for _ in range(epochs):
        for input, target in batches:
            loss = loss_fn(model(input), target)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        history.append(loss.item())


def train(model, *rest):
    history = []
    threading.Thread(target=work, args=(history, model.train(), *rest), daemon=True).start()
    return history
