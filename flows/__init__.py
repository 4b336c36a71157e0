"""Scheduled runs, files and the command line: everything that touches disk, clock or network."""
