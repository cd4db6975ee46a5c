"""Upswing: sales scorecards that help, from your own CRM data, on your own server."""
