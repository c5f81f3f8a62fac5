"""`python -m bot` is the command `rangefinder`."""

from bot.terminal import main

main()
