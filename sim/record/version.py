"""The version of Parley, where rooms that may not import the face can read it."""

VERSION = "0.1.0"
