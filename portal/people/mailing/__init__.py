"""Who gets which mail, when, and what is kept of it (ADR 17)."""
