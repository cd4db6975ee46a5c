"""Import: files dropped, mapped, tried out and brought in."""
