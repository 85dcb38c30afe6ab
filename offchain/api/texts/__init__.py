"""What is said in words: fees and risks, each figure in them from the project's parameters."""
