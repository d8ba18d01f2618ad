"""Open notebooks and archives, in a worker: the trusted side parses nothing that a stranger wrote."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from grader.intake import Member, Unpacked
from grader.link import SandboxBroken, StudentRaised, WorkerEnded
from grader.sandbox import Limits
from grader.student import StartsWorkers
from grader.submission import Refusal, Refused, Submission, joined

LIMITS = Limits(cpu_seconds=10, total_cpu_seconds=10, memory_mb=1024, gpu=False)


def open_notebook(submission: Submission, sandbox: StartsWorkers) -> Submission:
    """``submission`` with the source in its notebook, or with a refusal. Raises :class:`SandboxBroken`.

    So it is with what it uses of earlier exercises.
    """
    if submission.earlier:
        earlier = tuple(open_notebook(one, sandbox) for one in submission.earlier)
        return replace(open_notebook(replace(submission, earlier=()), sandbox), earlier=earlier)
    if submission.notebook is None:
        return submission
    try:
        (found,) = _ask(sandbox, submission.notebook, form="notebook")
        source, cells = joined(found)
    except Refused as refused:
        return replace(submission, refusal=refused.refusal)
    return replace(submission, source=source, cells=cells)


def open_archive(content: bytes, exercises: list[str], sandbox: StartsWorkers) -> Unpacked:
    """What a zip archive holds for ``exercises``. Raises :class:`SandboxBroken`."""
    try:
        files, strays = _ask(sandbox, content, form="archive", exercises=exercises)
    except Refused as refused:
        return Unpacked(refusal=refused.refusal)
    return Unpacked(tuple(_member(*file) for file in files), tuple(strays))


def _member(exercise: str, name: str, content: Any) -> Member:
    if isinstance(content, tuple):
        return Member(exercise, name, refusal=Refusal(*content))
    return Member(exercise, name, content.numpy().tobytes())


def _ask(sandbox: StartsWorkers, content: bytes, *, form: str, **more: Any) -> list[Any]:
    """What a fresh worker finds. It ran no student code, but a file that brings it down is a file to refuse."""
    import torch

    data = torch.frombuffer(bytearray(content or b"\0"), dtype=torch.uint8)
    body = {"op": "open", "form": form, "content": data, **more}
    found: list[Any] = []
    kind = ""
    for last in (False, True):
        worker = sandbox.worker(LIMITS)
        try:
            kind, *found = worker.ask(body, LIMITS.cpu_seconds)["value"]
            break
        except (StudentRaised, WorkerEnded) as error:
            raise _too_much(form) from error
        except SandboxBroken as error:  # killed from outside: bad luck once, and not for the class to pay for
            if not error.by_worker:
                raise
            if last:
                raise _too_much(form) from error
        finally:
            worker.close()
    if kind == "refused":
        raise Refused(*found)
    return found


def _too_much(form: str) -> Refused:
    return Refused(form, f"The {form} could not be read within {LIMITS.memory_mb} MB and {LIMITS.cpu_seconds:g} s.")
