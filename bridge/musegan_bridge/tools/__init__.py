"""What a musician looks at a band with: doctor, list of bands, monitor."""
