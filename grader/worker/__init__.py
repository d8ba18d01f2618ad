"""The far side of the wall: what runs next to the student's code.

The sandbox sees this folder and nothing else of ours, so nothing here imports from outside it, and nothing here is
worth stealing. Both sides share :mod:`~grader.worker.wire`.
"""
