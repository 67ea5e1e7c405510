#!/bin/sh
# Prints 'yes' while the source exists, 'no' when it is gone. Write here how yours is asked.
echo yes
