"""Reading a corpus folder into the model: texts, sentences, notes and their anchors, and what is wrong with them."""
