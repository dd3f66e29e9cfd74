"""`python -m build_scripts`: see cli.py."""

from .cli import main

main(prog_name="python -m build_scripts")
