"""Where prices come from: feed ids, the accounts of foreign oracles and the adapters that read them."""
