"""PDF: characters to lines, lines to paragraphs, ruled lines to tables; scans by recognition."""
