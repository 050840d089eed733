"""What several rule modules do alike: deal, sign, match, pay out, wind up, eliminate."""
