"""Prints the performance table: ratios, each measured in one run on one host. See ARCHITECTURE.md for what they mean.

make bench              all of it, in a machine of its own, about ten minutes
make bench ARGS=--quick fewer rounds, and no lesson
"""

import argparse
import os
import time
from pathlib import Path

from jupyter_client.manager import start_new_kernel

import lessons
import page_latency
import sidebar
from dockyard import setup
from dockyard.course import load
from dockyard.engine import LiveSource
from dockyard.exercises import Evidence
from dockyard.machine import Machine
from dockyard.machine.usage import memory_by_program
from dockyard.machine.userns import remove_tree
from measure import HEADER, Row, in_turn, timed

NAME = f"bench-{os.getpid()}"
RUN = "docker run --rm busybox true"

# A dockerd as it is usually started: alone, with a containerd of its own, on empty directories.
BARE = """
set -e
service docker stop && service containerd stop
rm -rf /var/lib/docker/bare /run/bare && mkdir -p /var/lib/docker/bare /run/bare
. /run/dockyard/machine.env
if [ "$ROOTLESS" = 1 ]; then
    export ROOTLESSKIT_STATE_DIR=/run XDG_RUNTIME_DIR=/run XDG_CONFIG_HOME=/etc XDG_DATA_HOME=/var/lib
fi
began=$EPOCHREALTIME
dockerd $([ "$ROOTLESS" != 1 ] || echo --rootless) --data-root /var/lib/docker/bare --exec-root /run/bare \
    -H unix:///run/bare.sock --pidfile /run/bare.pid > /var/log/bare.log 2>&1 &
until curl -fsS --unix-socket /run/bare.sock http://localhost/_ping > /dev/null 2>&1; do sleep 0.005; done
echo "$began $EPOCHREALTIME"
kill %1; wait || true
"""
CLEAN_BY_HAND = "docker rm -f $(docker ps -aq) > /dev/null && docker system prune -af --volumes > /dev/null"
TEN = "docker pull -q busybox > /dev/null; for i in 1 2 3 4 5 6 7 8 9 10; do docker run -d busybox sleep 600; done"


def shell(machine: Machine, script: str) -> str:
    """Run a script in the machine and return what it printed."""
    return machine.run(["bash", "-c", script], check=True).stdout


def clocked(machine: Machine, script: str) -> float:
    """Return how many seconds a script takes by a clock in the machine's own shell."""
    began, ended = shell(machine, f"a=$EPOCHREALTIME; {script} > /dev/null; echo $a $EPOCHREALTIME").split()
    return float(ended) - float(began)


def ready(machine: Machine, rounds: int) -> Row:
    """Time a start, the world included, against a bare dockerd."""

    def ours() -> float:
        machine.stop()
        return timed(machine.start)

    def theirs() -> float:
        began, ended = shell(machine, BARE).splitlines()[-1].split()
        return float(ended) - float(began)

    return Row("machine ready, world included", *spread(in_turn(ours, theirs, rounds), "a bare dockerd"), 1.3)


def spread(times: tuple[list[float], list[float]], against: str) -> tuple[list[float], str, list[float]]:
    """Put two lists of times into a row's order."""
    return times[0], against, times[1]


def reset(machine: Machine, rounds: int) -> Row:
    """Time a hard reset with ten containers against cleaning up by hand."""

    def ours() -> float:
        shell(machine, TEN)
        return timed(machine.reset)

    def theirs() -> float:
        shell(machine, TEN)
        return clocked(machine, CLEAN_BY_HAND)

    times = in_turn(ours, theirs, rounds)
    return Row("hard reset, ten containers running", *spread(times, "docker rm -f and system prune -af"), 0.7)


def cell(machine: Machine, rounds: int) -> Row:
    """Time a lesson's cell with `docker run --rm` against the same command in a shell in the machine."""
    shell(machine, "docker pull -q busybox")
    manager, client = start_new_kernel(kernel_name="dockyard", env={**os.environ, "DOCKYARD_MACHINE": machine.name})
    try:

        def ours() -> float:
            return timed(lambda: client.execute_interactive(f"%%machine\n{RUN}", output_hook=lambda _: None))

        times = in_turn(ours, lambda: clocked(machine, RUN), rounds)
        return Row("a cell with docker run --rm", *spread(times, "the same in a shell in the machine"), 1.1)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def check(machine: Machine, rounds: int) -> Row:
    """Time a check that only reads against the same facts by `docker inspect`."""
    shell(machine, "docker rm -f web; docker run -d --name web -p 8080:80 busybox sleep 600")
    source = LiveSource(machine)

    def ours() -> float:
        def look() -> None:
            web = Evidence(source).container("web")
            web.must_run("busybox")
            web.must_publish(8080, 80)

        return timed(look)

    command = "docker inspect --format '{{.State.Running}} {{.Config.Image}} {{json .NetworkSettings.Ports}}' web"
    return Row(
        "a check that only reads",
        *spread(in_turn(ours, lambda: clocked(machine, command), rounds), "docker inspect"),
        0.1,
    )


def whole_course(machine: Machine) -> Row:
    """Time all lessons as notebooks against their commands by hand, one after the other."""
    books = sorted((load().directory / "en").glob("[0-9]*.ipynb"))
    pairs = [(lessons.notebook(machine, lesson), lessons.by_hand(machine, lesson)) for lesson in books]
    ours, theirs = (sum(times) for times in zip(*pairs, strict=True))
    return Row("the whole course, as notebooks", [ours], "the sum of its commands by hand", [theirs], 1.1)


def idle_memory(machine: Machine) -> dict[str, float]:
    """Return the proportional set size of each of a machine's programs, in MB (proc_pid_smaps(5))."""
    return {name: sum(sizes) / 1e6 for name, sizes in memory_by_program(machine.processes()).items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Prints the performance table.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    quick = parser.parse_args().quick
    rounds = 5 if quick else 25  # of fewer, the p95 would be the slowest one
    workspace = Path("/tmp", NAME)  # noqa: S108 - a directory of this run's own, removed below
    os.environ["DOCKYARD_WORKSPACE"] = str(workspace)
    machine = setup.start(NAME)
    try:
        print(HEADER)
        for measure in (ready, reset, cell, check):
            machine.reset()  # whatever the one before has left
            print(measure(machine, rounds), flush=True)
        if not quick:
            print(whole_course(machine), flush=True)
        machine.reset()
        print(sidebar.burst(machine), flush=True)
        print(page_latency.burst(machine), flush=True)
        machine.reset()
        time.sleep(5)  # idle means that what the start left to do is done
        sizes = idle_memory(machine)
        parts = ", ".join(f"{name} {size:.0f}" for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:8])
        print(f"idle memory of one machine (PSS): {sum(sizes.values()):.0f} MB: {parts}")
    finally:
        machine.delete()
        remove_tree(workspace)


if __name__ == "__main__":
    main()
