"""One watcher runs every background job of a process."""
