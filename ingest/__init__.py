"""From bytes to records: read a file, find its outline, its facts and its passages."""
