package io.engram.learning.augmentation;

import io.engram.replay.SplitMix64;
import java.util.List;

/**
 * Changes training images at random, every time they are trained on: new and replayed ones, before values become inputs, so
 * that what lies outside an image is black. Test images, and those a method looks at around a task, stay as they are.
 *
 * <p>What happens to a sample follows from three numbers, its draws: how many rows of the padded image lie above the part
 * that is kept, how many columns lie left of it, and whether it is then mirrored (1) or not (0). They are drawn one after
 * another from one generator, for the new samples first, so that a generator of the same state goes on in the same way.
 *
 * @param names of {@link #NAMES}, each at most once, in any order
 */
public record Augmentation(List<String> names) {
    /** The image with 4 black pixels on each side, of which a part of the image's size is kept. */
    public static final String PAD_AND_CROP = "pad-and-crop";
    /** Left and right swapped, in half of the samples. */
    public static final String HORIZONTAL_FLIP = "horizontal-flip";
    /** Both as in He, Zhang, Ren and Sun 2016, "Deep Residual Learning for Image Recognition", section 4.2. */
    public static final List<String> NAMES = List.of(PAD_AND_CROP, HORIZONTAL_FLIP);
    /** Numbers for each sample. */
    public static final int DRAWS = 3;

    private static final int PADDING = 4;

    public Augmentation {
        names = List.copyOf(names);
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** The next {@link #DRAWS} numbers of one sample, into {@code target}. */
    public void draw(SplitMix64 random, long[] target) {
        boolean crops = names.contains(PAD_AND_CROP);
        target[0] = crops ? random.nextInt(2 * PADDING + 1) : 0;
        target[1] = crops ? random.nextInt(2 * PADDING + 1) : 0;
        target[2] = names.contains(HORIZONTAL_FLIP) ? random.nextInt(2) : 0;
    }

    /**
     * Text of {@code augmented(items, draws)}: images {@code [n, channels, height, width]} by the first {@code n} rows of draws
     * {@code [at least n, 3]} int64. It calls {@code on_device(tensor)}.
     */
    public String text() {
        return """
                def augmented(self, items: Tensor, draws: Tensor) -> Tensor:
                  height = torch.size(items, 2)
                  width = torch.size(items, 3)
                  moves = self.on_device(torch.narrow(draws, 0, 0, torch.size(items, 0)))
                  down = torch.arange(height, dtype=4, layout=None, device=ops.prim.device(items), pin_memory=None)
                  across = torch.arange(width, dtype=4, layout=None, device=ops.prim.device(items), pin_memory=None)
                  mirrored = torch.mul(torch.narrow(moves, 1, 2, 1), torch.sub(torch.flip(across, [0]), across))
                  rows = torch.add(torch.narrow(moves, 1, 0, 1), down)
                  columns = torch.add(torch.narrow(moves, 1, 1, 1), torch.add(across, mirrored))
                  padded = torch.constant_pad_nd(items, [%1$d, %1$d, %1$d, %1$d])
                  each_row = torch.reshape(rows, [-1, 1, height, 1])
                  kept = torch.gather(padded, 2, torch.expand(each_row, [-1, torch.size(items, 1), -1, torch.size(padded, 3)]))
                  each_column = torch.reshape(columns, [-1, 1, 1, width])
                  return torch.gather(kept, 3, torch.expand(each_column, [-1, torch.size(items, 1), height, -1]))
                """.formatted(names.contains(PAD_AND_CROP) ? PADDING : 0);
    }
}
