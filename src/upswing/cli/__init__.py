"""The `upswing` command."""
