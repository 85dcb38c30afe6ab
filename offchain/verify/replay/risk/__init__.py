"""The risk engine's feeds and scores, computed again from the prices and statistics that were pushed."""
