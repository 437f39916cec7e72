"""What goes on while nobody asks: watching sources, telling how a run goes, taking quotes back."""
