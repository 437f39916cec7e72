"""What is known of languages: words, stems, stop words, numbers. Doors: `terms.terms`, `detect.question_language`."""
