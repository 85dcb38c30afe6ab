"""The verifier: recomputes every claim and the balance from raw transactions and accounts alone."""

from offchain.verify.report import Report, report

__all__ = ["Report", "report"]
