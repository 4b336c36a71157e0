"""A leg by sea: the shortest line over water that keeps a stated distance from land."""

from geo.sea.times import arrival
from geo.sea.voyage import route, routes

__all__ = ["arrival", "route", "routes"]
