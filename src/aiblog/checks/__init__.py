"""The rules a post is checked by: one function each, a post in, places and sentences out. No disk."""
