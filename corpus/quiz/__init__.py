"""Questions on the texts: put, made by rule and dice, checked, and their typed answers judged."""
