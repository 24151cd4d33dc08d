package io.engram.learning.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A data set of CIFAR's binary files in a folder of its name or of the published archive's. Of several training files those
 * that are there are read, at least one; the description then says how many.
 *
 * @param description what it is, as published
 * @param folder what the published archive calls its folder
 * @param train the published training files
 * @param test the test file
 */
record Cifar(DatasetDescription description, String folder, List<CifarFile> train, CifarFile test)
        implements DatasetReader {
    private static final String SOURCE = "Krizhevsky 2009, Learning Multiple Layers of Features from Tiny Images";
    private static final List<Integer> SHAPE = List.of(3, 32, 32);
    /** Over all values of the 50000 training images, to four digits. */
    private static final Normalisation CIFAR_10_NORMALISATION =
            new Normalisation(List.of(0.4914f, 0.4822f, 0.4465f), List.of(0.2470f, 0.2435f, 0.2616f));
    /** As above. */
    private static final Normalisation CIFAR_100_NORMALISATION =
            new Normalisation(List.of(0.5071f, 0.4865f, 0.4409f), List.of(0.2673f, 0.2564f, 0.2762f));

    private static final List<Integer> CIFAR_10_LABELS = List.of(10);
    /** The coarse label, then the fine one. */
    private static final List<Integer> CIFAR_100_LABELS = List.of(20, 100);

    static Cifar cifar10() {
        List<CifarFile> train = IntStream.rangeClosed(1, 5)
                .mapToObj(batch -> new CifarFile("data_batch_" + batch + ".bin", 10000, CIFAR_10_LABELS))
                .toList();
        return new Cifar(
                new DatasetDescription(
                        "cifar-10",
                        "32x32 colour images of vehicles and animals",
                        SOURCE,
                        SHAPE,
                        255,
                        Optional.of(CIFAR_10_NORMALISATION),
                        words("airplane automobile bird cat deer dog frog horse ship truck"),
                        50000,
                        10000),
                "cifar-10-batches-bin",
                train,
                new CifarFile("test_batch.bin", 10000, CIFAR_10_LABELS));
    }

    static Cifar cifar100() {
        return new Cifar(
                new DatasetDescription(
                        "cifar-100",
                        "32x32 colour images of a hundred things, fine labels",
                        SOURCE,
                        SHAPE,
                        255,
                        Optional.of(CIFAR_100_NORMALISATION),
                        // fine_label_names.txt of the published archive
                        words("""
                                apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus
                                butterfly camel can castle caterpillar cattle chair chimpanzee clock cloud cockroach couch
                                crab crocodile cup dinosaur dolphin elephant flatfish forest fox girl hamster house kangaroo
                                keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain mouse
                                mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain plate poppy
                                porcupine possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper
                                snail snake spider squirrel streetcar sunflower sweet_pepper table tank telephone television
                                tiger tractor train trout tulip turtle wardrobe whale willow_tree wolf woman worm
                                """),
                        50000,
                        10000),
                "cifar-100-binary",
                List.of(new CifarFile("train.bin", 50000, CIFAR_100_LABELS)),
                new CifarFile("test.bin", 10000, CIFAR_100_LABELS));
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    @Override
    public DatasetDescription describe(Optional<Path> dataDir) {
        try {
            return describe(present(folder(dataDir)));
        } catch (DatasetUnavailableException e) {
            return description;
        }
    }

    @Override
    public void check(Optional<Path> dataDir) {
        Path folder = folder(dataDir);
        present(folder).forEach(file -> file.check(folder));
        test.check(folder);
    }

    @Override
    public Dataset read(Optional<Path> dataDir, SampleStorage storage) {
        Path folder = folder(dataDir);
        List<CifarFile> present = present(folder);
        return new Dataset(describe(present), part(folder, present, storage), part(folder, List.of(test), storage));
    }

    private Path folder(Optional<Path> dataDir) {
        return DataFolder.of(dataDir, description.name(), List.of(description.name(), folder));
    }

    /** The training files that are there. */
    private List<CifarFile> present(Path folder) {
        List<CifarFile> present = train.stream()
                .filter(file -> PublishedFile.find(folder, file.name()).isPresent())
                .toList();
        if (present.isEmpty()) {
            PublishedFile.require(folder, train.get(0).name());
        }
        return present;
    }

    private DatasetDescription describe(List<CifarFile> present) {
        if (present.size() == train.size()) {
            return description;
        }
        int samples = samples(present);
        return description.withTrainSamples(
                description.description() + "; " + samples + " of " + description.trainSamples()
                        + " training samples are here: "
                        + present.stream().map(CifarFile::name).collect(Collectors.joining(", ")),
                samples);
    }

    private static int samples(List<CifarFile> files) {
        return files.stream().mapToInt(CifarFile::samples).sum();
    }

    private static Samples part(Path folder, List<CifarFile> files, SampleStorage storage) {
        int[] labels = new int[samples(files)];
        SampleItems items = storage.allocate(labels.length, CifarFile.ITEM_BYTES);
        int start = 0;
        for (CifarFile file : files) {
            file.read(folder, items, labels, start);
            start += file.samples();
        }
        return new Samples(items, labels);
    }
}
