"""`/analytics`: what the team looks at. One SQL statement for each chart, on a connection that can't write."""
