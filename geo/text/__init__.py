"""Reading reports: text in, proposed claims out."""

from geo.text.proposals import NotRead, Proposal, language_of, propose

__all__ = ["NotRead", "Proposal", "language_of", "propose"]
