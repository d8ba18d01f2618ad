"""Expected: timeout (cpu), 0 of 6. E4, wall/numbers.

Makes itself deaf to all that may be ignored, and turns the warning of the processor clock into nothing.
"""

import signal


def double(x, factor=2):
    for number in set(signal.valid_signals()) - {signal.SIGKILL, signal.SIGSTOP}:
        try:
            signal.signal(number, signal.SIG_IGN)
        except OSError:
            pass
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        pass


scale_ = double
