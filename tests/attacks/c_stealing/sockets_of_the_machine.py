"""Expected: crashed (exception), 0 of 6. C6, wall/numbers.

Knocks at daemons of this machine that listen on no network, and at the kernel's own families of sockets.
"""

import socket

DOORS = [
    (socket.AF_UNIX, path)
    for path in ("/run/docker.sock", "/var/run/docker.sock", "/run/nscd/socket", "/tmp/.X11-unix/X0", "\0/tmp/.X11-unix/X0")
]


def double(x, factor=2):
    refused = None
    for family, address in [*DOORS, (socket.AF_VSOCK, (2, 1024)), (socket.AF_ALG, ("hash", "sha256"))]:
        try:
            with socket.socket(family, socket.SOCK_SEQPACKET if family == socket.AF_ALG else socket.SOCK_STREAM) as door:
                door.bind(address) if family == socket.AF_ALG else door.connect(address)
        except OSError as error:
            refused = error
        else:
            raise RuntimeError("HO" f"LE reached {address}")
    raise refused


scale_ = double
