"""Where the event loop meets the synchronous archive and journal: worker threads. Doors: `async_archive`,
`async_journal`.
"""
