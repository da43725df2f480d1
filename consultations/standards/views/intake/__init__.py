"""The agency's import of standards: upload, the batch, and the preview of one document."""
