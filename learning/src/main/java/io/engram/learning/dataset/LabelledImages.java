package io.engram.learning.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The image files of one part of an image folder and the name of each one's class, in the order of the samples: by class and
 * then by path, or as a list has them. No image is opened here.
 *
 * @param files where they lie
 * @param classes one for each file
 */
record LabelledImages(List<Path> files, List<String> classes) {
    private static final int MOST_DEPTH = 4;

    /** Whether a folder has such a part. */
    static boolean isIn(Path folder, String part) {
        return Files.isRegularFile(list(folder, part)) || Files.isDirectory(folder.resolve(part));
    }

    /**
     * Those that {@code part.txt} names, where it is there; else those below {@code part/}.
     *
     * @param part {@code train} or {@code test}
     * @throws DatasetUnavailableException where there are none, or a line of the list is wrong
     */
    static LabelledImages of(Path folder, String part) {
        LabelledImages images = new LabelledImages(new ArrayList<>(), new ArrayList<>());
        try {
            if (Files.isRegularFile(list(folder, part))) {
                images.addListed(folder, list(folder, part));
            } else {
                images.addFolders(folder.resolve(part));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new DatasetUnavailableException(folder + ": " + part + " cannot be read: " + e.getMessage(), e);
        }
        if (images.files.isEmpty()) {
            throw new DatasetUnavailableException("no PNG or JPEG images in " + folder.resolve(part)
                    + "/CLASS/ and none named in " + list(folder, part));
        }
        return images;
    }

    private static Path list(Path folder, String part) {
        return folder.resolve(part + ".txt");
    }

    /** Class names of all files, sorted: as numbers where all are, else as text. */
    List<String> classNames() {
        List<String> names = new ArrayList<>(new TreeSet<>(classes));
        if (names.stream().allMatch(name -> name.matches("[0-9]{1,9}"))) {
            names.sort(Comparator.<String>comparingInt(Integer::parseInt).thenComparing(Comparator.naturalOrder()));
        }
        return names;
    }

    /** Position of each file's class among {@code names}; -1 where it is not there. */
    int[] labels(List<String> names) {
        Map<String, Integer> positions = new HashMap<>();
        names.forEach(name -> positions.put(name, positions.size()));
        return classes.stream()
                .mapToInt(name -> positions.getOrDefault(name, -1))
                .toArray();
    }

    /** Lines of a path within the folder, white space, and a class. */
    private void addListed(Path folder, Path list) throws IOException {
        int number = 0;
        for (String line : Files.readAllLines(list, StandardCharsets.UTF_8)) {
            number++;
            String text = line.strip();
            int split = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'));
            if (!text.isEmpty()) {
                String place = list + ", line " + number;
                files.add(within(folder, text.substring(0, Math.max(split, 0)).strip(), place));
                classes.add(text.substring(split + 1));
            }
        }
    }

    private static Path within(Path folder, String path, String place) {
        try {
            Path file = folder.resolve(path).normalize();
            if (!path.isEmpty() && file.startsWith(folder.normalize()) && ImageFile.isImage(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // Said below, with what is allowed.
        }
        throw new DatasetUnavailableException(place + ": was \"" + path
                + "\"; allowed: the path of a PNG or JPEG image within the folder, a space, and a class");
    }

    private void addFolders(Path part) throws IOException {
        if (!Files.isDirectory(part)) {
            return;
        }
        try (Stream<Path> folders = Files.list(part)) {
            for (Path ofClass :
                    folders.filter(Files::isDirectory).sorted(byName()).toList()) {
                addFolder(ofClass);
            }
        }
    }

    private void addFolder(Path ofClass) throws IOException {
        String name = ofClass.getFileName().toString();
        try (Stream<Path> below = Files.walk(ofClass, MOST_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            below.filter(ImageFile::isImage)
                    .filter(Files::isRegularFile)
                    .sorted(byName())
                    .forEach(file -> {
                        files.add(file);
                        classes.add(name);
                    });
        }
    }

    /** The same on every file system. */
    private static Comparator<Path> byName() {
        return Comparator.comparing(path -> path.toString().replace('\\', '/'));
    }
}
