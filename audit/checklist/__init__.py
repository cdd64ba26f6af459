"""Checklists as data: indicators, instruments, profiles, their language, lint and examples."""
