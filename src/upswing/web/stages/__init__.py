"""The pages of stages: the rules as everybody reads them, and their setup."""
