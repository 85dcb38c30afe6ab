"""The composite score: factors, grade, restriction, reserve and what the market is told."""
