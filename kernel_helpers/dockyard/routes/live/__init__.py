"""What the sidebar sees: the engine's state and its changes, in order, while somebody looks."""
