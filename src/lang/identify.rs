//! Which language a text or span is in: the script first, then n-grams.
