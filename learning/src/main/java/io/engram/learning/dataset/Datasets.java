package io.engram.learning.dataset;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The catalog of data sets, read from one data folder: published ones, and the image folders that lie there. What was read
 * stays read and is shared. Safe for use by many threads.
 */
public final class Datasets {
    private static final List<DatasetReader> PUBLISHED =
            List.of(new Digits(), IdxDataset.mnist(), IdxDataset.fashionMnist(), Cifar.cifar10(), Cifar.cifar100());

    private final Optional<Path> dataDir;
    private final SampleStorage storage;
    private final Map<String, Dataset> loaded = new ConcurrentHashMap<>();

    /** @param dataDir the folder with one folder for each data set that does not ship inside */
    public Datasets(Optional<Path> dataDir) {
        this(dataDir, SampleStorage.standard());
    }

    /**
     * @param dataDir the folder with one folder for each data set that does not ship inside
     * @param storage where samples are held
     */
    public Datasets(Optional<Path> dataDir, SampleStorage storage) {
        this.dataDir = dataDir;
        this.storage = storage;
    }

    /** The folder that data sets and pretrained weights lie in, where there is one. */
    public Optional<Path> folder() {
        return dataDir;
    }

    /** What of each data set is here, reading no samples; as published where it is not here. */
    public List<DatasetDescription> descriptions() {
        return readers().map(this::describe).toList();
    }

    public List<String> names() {
        return readers().map(DatasetReader::name).toList();
    }

    /**
     * The data set of that name, or the sequence of data sets whose names are joined by {@code +}. Images in folders are not opened before
     * its samples are asked for; where one cannot be read then, what is in the folder is looked up anew the next time.
     *
     * @throws DatasetUnavailableException where it cannot be read, or no data set has that name
     */
    public Dataset load(String name) {
        return loaded.compute(
                name,
                (n, known) -> known == null || known.isUnreadable() ? reader(n).read(dataDir, storage) : known);
    }

    /** Why the data set cannot be read, as far as that shows without reading its samples; empty where it seems to be fine. */
    public Optional<String> problem(String name) {
        try {
            if (usable(name).isEmpty()) {
                reader(name).check(dataDir);
            }
            return Optional.empty();
        } catch (DatasetUnavailableException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** What was loaded under that name, but for what turned out to be unreadable. */
    private Optional<Dataset> usable(String name) {
        return Optional.ofNullable(loaded.get(name)).filter(dataset -> !dataset.isUnreadable());
    }

    private DatasetDescription describe(DatasetReader reader) {
        return usable(reader.name()).map(Dataset::description).orElseGet(() -> reader.describe(dataDir));
    }

    /** The published data sets, then the image folders; no folder takes the name of a published one. */
    private Stream<DatasetReader> readers() {
        Set<String> published = PUBLISHED.stream().map(DatasetReader::name).collect(Collectors.toSet());
        return Stream.concat(
                PUBLISHED.stream(),
                ImageFolder.in(dataDir).stream().filter(folder -> !published.contains(folder.name())));
    }

    /** What is wrong with a name, and where: a part that is no data set, or one that is there twice; empty where nothing is. */
    public Optional<String> unknownPart(String name) {
        List<String> known = names();
        Set<String> before = new HashSet<>();
        return parts(name).stream()
                .filter(part -> !known.contains(part) || !before.add(part))
                .findFirst();
    }

    private static List<String> parts(String name) {
        return List.of(name.split(Pattern.quote(DatasetSequence.SEPARATOR), -1));
    }

    private DatasetReader reader(String name) {
        List<DatasetReader> parts = parts(name).stream().map(this::one).toList();
        return parts.size() == 1 ? parts.get(0) : new DatasetSequence(parts);
    }

    private DatasetReader one(String name) {
        return readers()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DatasetUnavailableException("no data set is named \"" + name + "\""));
    }
}
