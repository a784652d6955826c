"""Pictures that go with replies: a scene says what is where (pure), and drawing makes a PNG of it."""
