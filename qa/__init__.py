"""From a question to a verified answer or a typed refusal."""
