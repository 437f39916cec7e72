"""What goes on while nobody asks: watching sources, reporting on a run, withdrawing quotes."""
