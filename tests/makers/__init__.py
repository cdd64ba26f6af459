"""Makers of files in every format that is read; the files are made up, none is a genuine report."""
