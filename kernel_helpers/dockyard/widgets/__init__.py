"""How Dockyard's answers look in a notebook: text, HTML and buttons; what the answers are, the tutor knows."""
