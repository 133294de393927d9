"""Dates as the portal writes them: "Tue 24 Nov 2026"."""

DATE_FORMAT = "D j M Y"
DATETIME_FORMAT = "D j M Y, g:i A"
SHORT_DATE_FORMAT = "j M Y"
TIME_FORMAT = "g:i A"
