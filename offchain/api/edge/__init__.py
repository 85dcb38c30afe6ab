"""What surrounds every HTTP request before it is routed: headers, limits, CORS, HEAD."""
