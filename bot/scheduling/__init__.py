"""When the archive is brought up to date: the timetable, the queue, the child process that indexes."""
