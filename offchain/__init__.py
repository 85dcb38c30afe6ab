"""PercoSec off chain: settings, the build of the programs, the client, the local chain and the tools around them."""
