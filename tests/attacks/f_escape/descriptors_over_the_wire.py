"""Expected: crashed (exception), 0 of 6. F14, wall/numbers.

Treats its end of the wire as a socket: who sends descriptors, or receives them, holds what others opened.
"""

import array
import socket


def double(x):
    wire = socket.socket(fileno=3)
    rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0]))
    wire.sendmsg([b"hello"], [rights])
    raise RuntimeError("HO" "LE sent a descriptor to the trusted side")


scale_ = double
