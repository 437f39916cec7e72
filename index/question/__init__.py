"""From a reader's words to what is asked. Door: `understand.understand`."""
