"""Redaction: identifying details that got in are removed everywhere, and a tombstone stays.

One person asks, and the text is hidden at once (`asking`, `showing`); another decides. Between the
two the rows hold offsets, never the words. Then the words are read at those offsets, looked for in
everything that holds a copy (`registry`, filled in by each app), and cut out (`removing`).
"""
