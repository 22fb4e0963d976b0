"""Claims: statements of the notes, each with an experiment whose outcome is the verdict; it knows no learner."""

from dockyard.claims.claim import Choice, Claim, Finding, Observation, Since, observe

__all__ = ["Choice", "Claim", "Finding", "Observation", "Since", "observe"]
