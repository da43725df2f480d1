"""A site of its own for the hub: notes on a wall, with none of the subject's packages."""
