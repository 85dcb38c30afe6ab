"""`percosec config`: the settings in force."""
