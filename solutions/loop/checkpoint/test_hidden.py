"""Hidden suite for ``loop/checkpoint``.

Each check has a plan of training in which one part of the state matters, so that a part that is missing costs once; the
last one has them all. Runs are compared with runs that were never interrupted, where no function of the student's ran.
"""

import pytest
import torch

from grader.testing import assert_close, expect

FLOAT64 = torch.float64


def plan(randn, seed, samples=10, **options):
    """Three layers' worth of weights, data, and what is asked of the training run."""
    shapes = [(5, 3), (4, 5), (2, 4)]
    return {
        "layers": [
            (randn(*shape, dtype=FLOAT64) / shape[1] ** 0.5, randn(shape[0], dtype=FLOAT64)) for shape in shapes
        ],
        "input": randn(samples, 3, dtype=FLOAT64),
        "target": randn(samples, 2, dtype=FLOAT64),
        "seed": seed % 10**6,
        "lr": 0.1,
        **options,
    }


def assert_resumes(student, reference, epochs, stop, part="parameters", **plan):
    """A run that is interrupted after ``stop`` epochs ends where one ends that is not."""
    right = reference.run("uninterrupted", epochs, **plan)
    found = student.run("resumed", epochs, stop, **plan)

    assert_close(found[part], right[part], what=f"at the end of the resumed run, the list of {part}")


@pytest.mark.points(2)
@pytest.mark.parametrize(("epochs", "stop"), [(3, 3), (5, 2)])
def test_parameters(student, reference, randn, seed, epochs, stop):
    """The model's parameters come back, and plain SGD goes on with them."""
    assert_resumes(student, reference, epochs, stop, **plan(randn, seed))


@pytest.mark.points(1)
def test_buffers(student, reference, randn, seed):
    """The model's buffers come back: what batch normalization has seen."""
    assert_resumes(student, reference, 5, 3, "buffers", **plan(randn, seed, norm=True))


@pytest.mark.points(2)
@pytest.mark.parametrize("options", [{"momentum": 0.9}, {"optimizer": "Adam", "lr": 0.02}])
def test_optimizer(student, reference, randn, seed, options):
    """The optimizer goes on with its velocity, or its moments and its count of steps."""
    assert_resumes(student, reference, 6, 2, **plan(randn, seed, **options))


@pytest.mark.points(1)
@pytest.mark.parametrize(("step_size", "gamma"), [(3, 0.1), (4, 3.0)])
def test_scheduler(student, reference, randn, seed, step_size, gamma):
    """The scheduler goes on in its schedule: the learning rate changes in the epoch in which it should."""
    # Not before the interruption: then it would be the optimizer's to know.
    assert_resumes(student, reference, 6, 2, **plan(randn, seed, step_size=step_size, gamma=gamma))


@pytest.mark.points(1)
def test_generator(student, reference, randn, seed):
    """The generator that shuffles goes on where it was."""
    assert_resumes(student, reference, 5, 2, **plan(randn, seed, shuffle=True))


@pytest.mark.points(1)
def test_global_generator(student, reference, randn, seed):
    """PyTorch's global generator goes on where it was: the masks of dropout are the same."""
    assert_resumes(student, reference, 5, 2, **plan(randn, seed, dropout=0.4))


@pytest.mark.points(1)
@pytest.mark.parametrize("stop", [3, 5, 0])
def test_epoch(student, randn, seed, stop):
    """Loading returns the number of finished epochs."""
    found = student.run("resumed", stop + 1, stop, **plan(randn, seed))["epoch"]

    assert_close(found, stop, what="what load_checkpoint returns")


@pytest.mark.points(2)
@pytest.mark.parametrize(("stop", "more"), [(2, 1), (3, 4)])
def test_best_not_last(student, reference, randn, seed, stop, more):
    """Training goes on after the checkpoint, and then back to it: the parameters of then, not the last ones."""
    task = plan(randn, seed)
    right = reference.run("uninterrupted", stop, **task)["parameters"]

    found = student.run("went_on", stop, more, **task)["parameters"]

    assert_close(found, right, what="right after going back, the list of parameters")


@pytest.mark.points(1)
def test_several_times(student, reference, randn, seed):
    """Three runs from the same checkpoint end alike: training from it does not change it."""
    task = plan(randn, seed, momentum=0.9)
    right = reference.run("uninterrupted", 5, **task)["parameters"]

    states = student.run("several", 5, 2, **task)

    for which, state in zip(("first", "second", "third"), states, strict=True):
        assert_close(state["parameters"], right, what=f"in the {which} run, the list of parameters")


@pytest.mark.points(1)
def test_saving_changes_nothing(student, reference, randn, seed):
    """A run that saves after every epoch takes the same way, and can be loaded at its end."""
    task = plan(randn, seed, dropout=0.3, shuffle=True, momentum=0.5)
    right = reference.run("uninterrupted", 5, **task)["parameters"]

    found = student.run("saving", 5, **task)

    expect(all(found["training"]), "Saving put the model into evaluation mode.")
    assert_close(found["run"]["parameters"], right, what="in the run that was saved, the list of parameters")
    assert_close(found["loaded"]["parameters"], right, what="after loading the last checkpoint, the list of parameters")


@pytest.mark.points(2)
def test_plain_data(student, reference, randn, seed):
    """torch.save can write the checkpoint, torch.load can read it with weights_only=True, and all is in it."""
    task = plan(randn, seed)
    early, late = (reference.run("uninterrupted", epochs, **task)["parameters"] for epochs in (2, 4))

    by_file = student.run("by_file", 4, 2, **task)["parameters"]
    mixed = student.run("mixed", 4, 2, **task)["parameters"]

    assert_close(by_file, late, what="after reading the checkpoint from a file, the list of parameters")
    words = "The parameters do not come from the checkpoint itself: are they kept somewhere else?"
    expect(not all(torch.equal(mine, theirs) for mine, theirs in zip(mixed, late, strict=True)), words)
    assert_close(mixed, early, what="with the numbers of another checkpoint in it, the list of parameters")


@pytest.mark.points(1)
@pytest.mark.parametrize("options", [{"momentum": 0.8}, {"optimizer": "AdamW", "weight_decay": 0.1}])
def test_everything(student, reference, randn, seed, options):
    """Everything at once: the run was saved, went on, and is resumed from a file."""
    task = plan(randn, seed, shuffle=True, dropout=0.2, norm=True, step_size=2, gamma=0.5, **options)
    right = reference.run("uninterrupted", 7, **task)

    found = student.run("by_file", 7, 3, 2, **task)

    assert_close(found, right, what="the state at the end")
