"""Ready mappings of exports that many have, and how files are recognised as one of them."""
