"""`python -m flows` is `transload`."""

from flows.cli import main

main()
