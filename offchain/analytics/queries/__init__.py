"""The statements, a file for each subject; `offchain.analytics.catalogue` names them all."""
