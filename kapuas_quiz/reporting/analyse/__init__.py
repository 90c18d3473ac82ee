"""`flask --app app analyse ...`: statistics of files from elsewhere, by the functions of the pages."""
