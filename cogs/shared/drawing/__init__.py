"""Pictures that go with replies: a scene says what stands where (pure), and drawing makes a PNG of it."""
