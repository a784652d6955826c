"""What Slack sends: payloads in, commands and actions of the app out, answers back."""
