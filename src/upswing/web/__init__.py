"""The pages: each folder is one page; `shared` is the shell, the formatter, the charts and the words."""
