"""The keeper: keeps markets alive and is paid for it."""
