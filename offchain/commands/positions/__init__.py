"""`percosec positions`: what a provider and a trader have."""
