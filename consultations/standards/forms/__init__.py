"""Forms of standards, by the page that they stand on."""
