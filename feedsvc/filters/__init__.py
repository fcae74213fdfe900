"""What is shown of what is stored. Pure."""
