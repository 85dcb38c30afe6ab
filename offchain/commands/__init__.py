"""The commands for providers, traders, creators and operators, and the frame that they share."""
