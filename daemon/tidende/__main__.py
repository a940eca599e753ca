"""Lets `python -m tidende` be the command line."""

from tidende.cli.main import run_command_line

run_command_line()
