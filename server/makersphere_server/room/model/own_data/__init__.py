"""What a room keeps of one person: all of it found, erased or written out."""
