"""A bash session that outlives its commands; it knows nothing of Jupyter, nor where the bash runs."""

from dockyard.session.session import Session

__all__ = ["Session"]
