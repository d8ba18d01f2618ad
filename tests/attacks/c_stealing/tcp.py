"""Expected: crashed (exception), 0 of 6. C6, wall/numbers.

Calls home by TCP, with the hidden numbers in its hands.
"""

import socket


def double(x, factor=2):
    for address in (("127.0.0.1", 22), ("192.0.2.1", 80), ("::1", 80)):
        try:
            with socket.create_connection(address, timeout=0.2) as home:
                home.send(str(x).encode())
        except OSError as error:
            refused = error
        else:
            raise RuntimeError("HO" f"LE told {address}")
    raise refused


scale_ = double
