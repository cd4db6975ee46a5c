"""Your access: the tokens by which programs call the API as you."""
