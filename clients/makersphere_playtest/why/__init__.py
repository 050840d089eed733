"""Why a finished game went as it did: five moments, each with its cause and with what might have been instead."""
