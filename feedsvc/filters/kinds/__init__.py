"""The kinds of filters, a kind a module; two where one is the reverse of the other. Pure."""
