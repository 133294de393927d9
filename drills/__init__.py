"""Fault drills: the real portal under load, a part of it broken, and what is there afterwards."""
