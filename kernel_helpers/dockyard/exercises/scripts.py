"""Runs the scripts of exercises and claims in a machine, as a learner's shell would; it judges nothing."""

import subprocess
from dataclasses import dataclass
from importlib import resources

from dockyard.errors import CourseError
from dockyard.i18n import _
from dockyard.machine import Machine

# The longest that a script may take, in seconds: a build with packages is the slowest thing in the course.
_LONGEST = 180.0


@dataclass(frozen=True, slots=True)
class Ran:
    """What a script gave.

    Args:
        exit_code: bash's exit code.
        output: standard output and standard error, in the order in which they came.
    """

    exit_code: int
    output: str


def run(machine: Machine, script: str, timeout: float = _LONGEST) -> Ran:
    """Run a script by bash in the machine, with nothing on its standard input.

    Args:
        machine: where.
        script: what; `docker run -it` needs `script -qec '...' /dev/null` around it, for there is no terminal.
        timeout: its time in seconds; then it is killed.

    Raises:
        CourseError: it did not end in time.
        MachineNotRunningError: the machine does not run.
    """
    try:
        done = machine.run(["bash", "-c", "exec 2>&1\n" + script], timeout=timeout)
    except subprocess.TimeoutExpired as late:
        raise CourseError(
            _("A script did not end within {seconds} seconds: {script}").format(seconds=timeout, script=script),
            _("Shorten it, or wait for what it waits for with a limit."),
        ) from late
    return Ran(done.returncode, done.stdout)


def prepare(machine: Machine, setup: str) -> None:
    """Bring the machine to an exercise's starting state.

    Raises:
        CourseError: the setup failed; its output is in the error.
    """
    if not setup.strip():
        return
    helpers = resources.files("dockyard.exercises").joinpath("setup.sh").read_text(encoding="utf-8")
    ran = run(machine, f"{helpers}\nset -e\n{setup}")
    if ran.exit_code:
        raise CourseError(
            _("The setup of the exercise failed with exit code {code}: {output}").format(
                code=ran.exit_code, output=ran.output.strip()[-500:]
            ),
            _("Reset the machine with `dockyard reset`, then start the exercise again."),
        )
