"""Word documents: .docx from its XML, .doc by way of it."""
