"""What is known of each language: a language is one file, `pack` is their shape, `table` lists them."""
