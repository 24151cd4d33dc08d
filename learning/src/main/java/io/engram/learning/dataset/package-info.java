/** Data sets and their readers. Start at {@link io.engram.learning.dataset.Datasets}; a new one is a {@link io.engram.learning.dataset.DatasetReader} and a line there. */
package io.engram.learning.dataset;
