"""Pages of people: joining, the roster, one's own account, and what the manager keeps safe."""
