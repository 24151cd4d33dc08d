from methods.method import Method


class Reference(Method):
    """Prabhu et al. 2020, GDumb: cross-entropy; the recording holds a new network for every task, and samples of the memory."""
