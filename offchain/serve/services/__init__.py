"""What a process does in the background, one duty of the watcher for each role."""
