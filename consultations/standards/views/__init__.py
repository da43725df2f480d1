"""Pages of standards: the public register, and the agency's side of it."""
