"""March 2020 played over plain RPC while keeper processes, and they alone, keep the market alive."""
