"""Smolny: a study companion for Discord and Slack."""

__version__ = "0.1.0"
