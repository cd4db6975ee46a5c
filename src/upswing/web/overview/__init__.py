"""A period of a rep, a team or everybody at a glance: five figures, what new accounts bring, and what deals hang on."""
