"""My scorecard: where do I stand, which step helps most?"""
