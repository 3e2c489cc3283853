class Notebook:
    """Runs notebooks."""

    @staticmethod
    def run():
        pass
