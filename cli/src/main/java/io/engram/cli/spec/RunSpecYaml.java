package io.engram.cli.spec;

import io.engram.proto.type.v1.RunSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads a {@link RunSpec} from YAML. Fields go by their names in the contract or by their JSON names. Only the tree of the
 * document is read, never objects, so that a file can make nothing but a spec.
 */
public final class RunSpecYaml {
    /** The largest file that is read, in bytes. */
    public static final int LARGEST_FILE = 1024 * 1024;

    private static final int DEEPEST_NESTING = 30;

    private RunSpecYaml() {}

    /**
     * Reads a file.
     *
     * @throws SpecException where it is missing, too large, no YAML, or no run spec; every problem is named
     */
    public static RunSpec read(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw problem(
                        file.toString(),
                        0,
                        "the file has " + Files.size(file) + " bytes; allowed: at most " + LARGEST_FILE);
            }
            return parse(file.toString(), decode(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            throw problem(file.toString(), 0, "there is no such file; see the folder examples for specs that work");
        } catch (CharacterCodingException e) {
            throw problem(file.toString(), 0, "the file is not text in UTF-8");
        } catch (IOException e) {
            throw problem(file.toString(), 0, "cannot be read: " + e.getMessage());
        }
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /**
     * Reads a text.
     *
     * @param name what messages call it
     * @throws SpecException where it is no YAML or no run spec
     */
    public static RunSpec parse(String name, String text) {
        Node root = compose(name, text);
        if (root == null) {
            throw problem(name, 0, "the file is empty; a run spec needs at least `scenario` and `method`");
        }
        RunSpec.Builder spec = RunSpec.newBuilder();
        MessageReader reader = new MessageReader();
        reader.read(root, spec);
        if (!reader.problems().isEmpty()) {
            throw new SpecException(name, reader.problems());
        }
        return spec.build();
    }

    private static Node compose(String name, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_FILE);
        options.setNestingDepthLimit(DEEPEST_NESTING);
        options.setAllowRecursiveKeys(false);
        options.setMaxAliasesForCollections(0);
        try {
            // As Yaml.compose does, without the makers of objects, which take longer to load than a spec to read.
            return new Composer(new ParserImpl(new StreamReader(text), options), new Resolver(), options)
                    .getSingleNode();
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw problem(name, line, "this is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw problem(name, 0, "this is not YAML: " + e.getMessage());
        }
    }

    private static SpecException problem(String name, int line, String message) {
        return new SpecException(name, List.of(new SpecProblem(line, "", message)));
    }
}
