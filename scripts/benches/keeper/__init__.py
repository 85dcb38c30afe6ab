"""How fast and at what cost one keeper process serves a thousand markets: `scripts/bench keeper`."""
