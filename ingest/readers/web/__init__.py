"""Web pages: the document on a page, without what the site prints around it."""
