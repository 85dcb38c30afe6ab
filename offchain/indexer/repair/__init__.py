"""What a node cut off its logs is found out in other ways, or marked as lost."""
