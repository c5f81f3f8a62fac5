"""Anything → Article: what a person hands over becomes Articles, or a Refusal that says where and why."""
