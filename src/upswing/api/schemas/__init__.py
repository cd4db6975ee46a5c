"""What the API takes and answers, as the published contract, by subject. Money is an amount in text and a currency."""
