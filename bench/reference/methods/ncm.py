from methods.streaming_means import StreamingMeans


class Reference(StreamingMeans):
    """Mensink et al. 2013, Distance-Based Image Classification: the nearest mean, as a linear discriminant."""

    def classifier(self):
        return self.with_bias(self.means)
