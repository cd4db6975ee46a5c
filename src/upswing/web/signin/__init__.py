"""Sign-in: the doors, in our look; nobody signs up."""
