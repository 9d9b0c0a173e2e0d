"""Spreadsheets: the tables of .xlsx and .xls."""
