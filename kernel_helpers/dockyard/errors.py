"""The errors that people may meet: each says what was found and ends with the next step; it knows no other module."""


class DockyardError(Exception):
    """Something a person can act on.

    Args:
        found: what is wrong, with the names and numbers that were seen.
        next_step: the one thing to do now; a command where there is one.
    """

    def __init__(self, found: str, next_step: str) -> None:
        super().__init__(found, next_step)
        self.found = found
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.found}\n→ {self.next_step}"


class HostError(DockyardError):
    """The host lacks something that a machine needs."""


class RootfsError(DockyardError):
    """The root filesystem could not be built, or the cached one is damaged."""


class ImagesError(DockyardError):
    """The world's content (course images, packages, files) could not be built, or is damaged."""


class MachineError(DockyardError):
    """A machine did not do what it was asked."""


class MachineNotRunningError(MachineError):
    """Something needs a running machine, and this one is not."""


class MachineNameError(MachineError):
    """A name that no machine can have."""


class LockTakenError(MachineError):
    """Another process works on the same thing."""


class DiskFullError(MachineError):
    """No space is left where the machine keeps its data."""


class SessionError(DockyardError):
    """The shell session in the machine could not be used."""


class CommandTimeoutError(SessionError):
    """A command took longer than it was given and was stopped."""


class UsageError(DockyardError):
    """Something was typed that does not say what is to be done."""


class NotThereError(DockyardError):
    """What was named does not exist."""


class CourseError(DockyardError):
    """The course's files are missing or wrong."""


class ProgressError(DockyardError):
    """The learner's progress could not be read or written."""


class EvidenceError(DockyardError):
    """The engine's state could not be read."""
