"""Work that outlives a request: the only place besides web, api and cli that reads the clock."""
