"""The agency's side: its list of standards, its decrees, the acts that it can cite."""
