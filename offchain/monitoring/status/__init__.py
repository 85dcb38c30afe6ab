"""What is shown of alerts and jobs: bodies for API and live updates, and the status page."""
