"""The connection to Slack: Socket Mode or HTTP with OAuth, tokens of workspaces, rate limits, errors of the API."""
