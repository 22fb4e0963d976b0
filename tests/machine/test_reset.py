"""A reset machine is as a new one, however often and whatever was in it."""

import pytest

from dockyard.machine import Machine

pytestmark = pytest.mark.machine

# Everything a learner can change, in an order and form that does not depend on when or how often it was made.
INVENTORY = """
docker ps --all --format '{{.Names}} {{.Image}} {{.Status}}' | sort
docker images --all --format '{{.Repository}}:{{.Tag}} {{.ID}}' | sort
docker volume ls --format '{{.Name}}' | sort
docker network ls --format '{{.Name}} {{.Driver}}' | sort
docker network inspect bridge --format '{{json .IPAM.Config}} {{json .Options}}'
find /root /etc /var/lib/dockyard /srv /opt /usr/local -xdev -printf '%p %y %m %U:%G %s %l\\n' | sort
find /root /etc -xdev -type f ! -path /etc/docker/key.json -exec sha256sum {} + | sort -k 2
iptables-save | grep -v '^#' | sed 's/\\[[0-9]*:[0-9]*\\]//'
ip -brief address | sed 's/@[a-z0-9]*//' | cut -d ' ' -f 1-8 | grep -v fe80
mount | awk '{print $3, $5}' | sort
ls /run /tmp
"""

MESS = """
set -e
docker pull -q busybox
docker run -d --name web -p 8080:80 -v data:/data --restart always busybox sleep 1000
docker network create mess
docker commit web mess:1
echo DOCKER_OPTS=--label=a=b > /etc/default/docker
echo mine > /root/mine
rm /etc/hostname /root/.bashrc
iptables -A INPUT -p tcp --dport 9999 -j DROP
echo alias x=y >> /etc/bash.bashrc
"""


def inventory(machine: Machine) -> str:
    return machine.run(["sh", "-c", INVENTORY], check=True, timeout=60).stdout


def test_reset_gives_exactly_a_new_machine(make_machine, fresh_machine):
    new = inventory(make_machine("pristine"))
    fresh_machine.run(["bash", "-c", MESS], check=True, timeout=60)
    (fresh_machine.workspace / "kept.txt").write_text("kept")
    assert inventory(fresh_machine) != new
    fresh_machine.reset()
    assert inventory(fresh_machine) == new
    assert (fresh_machine.workspace / "kept.txt").read_text() == "kept"


@pytest.mark.slow
def test_twenty_resets_in_a_row_give_identical_inventories(fresh_machine):
    inventories = set()
    for _ in range(20):
        fresh_machine.run(["bash", "-c", MESS], check=True, timeout=60)
        fresh_machine.reset()
        inventories.add(inventory(fresh_machine))
    assert len(inventories) == 1


def test_a_reset_empties_the_trash_behind_it(fresh_machine):
    fresh_machine.run(["bash", "-c", MESS], check=True, timeout=60)
    fresh_machine.reset()
    trash = fresh_machine.directory / "trash"
    fresh_machine.stop()
    fresh_machine.start()
    deadline = 200
    while any(trash.iterdir()) and deadline:
        deadline -= 1
        fresh_machine.run(["sleep", "0.1"])
    assert not any(trash.iterdir())
