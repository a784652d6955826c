"""What happens by itself: daily facts go out, and rounds of questions go on."""
