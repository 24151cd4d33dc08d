from methods.method import Method


class Reference(Method):
    """Cross-entropy and nothing else."""
