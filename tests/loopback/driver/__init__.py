"""How a test acts as a member: people, what they see of an answer, how they fill in commands and modals."""
