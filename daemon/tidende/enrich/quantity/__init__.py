"""Numbers with what they count: what `figures` finds them by, and which of them are figures."""
