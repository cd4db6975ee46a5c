"""What every page needs: shell, request, formatter, charts, sentences, headers."""
