"""What is measured, with the command to repeat it. See the README in this folder."""
