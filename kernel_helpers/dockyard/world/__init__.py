"""Names what the world is made of: its service files and the Debian packages they need; it starts nothing."""

from pathlib import Path

# Bind-mounted read-only at /usr/lib/dockyard/world; `services` in it is the world's first program.
FILES = Path(__file__).parent / "files"

# What the root filesystem must hold for the world's services and for building its content. Perl comes with git.
PACKAGES = (
    "curl",
    "dnsmasq-base",
    "docker-registry",
    "fcgiwrap",
    "git",
    "nginx-light",
    "openssl",
    "socat",
    "spawn-fcgi",
    "sqop",
)
