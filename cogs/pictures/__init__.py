"""Pictures that go with replies: what stands where (pure), and how it is drawn."""
