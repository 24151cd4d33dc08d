package io.engram.trainer.artifact;

import io.engram.learning.checkpoint.CheckpointStore;
import io.engram.proto.name.ResourceId;
import io.engram.proto.name.RunName;
import io.engram.trainer.application.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Checkpoints below the folder of models that all trainers share, one folder for each run that goes on. */
public final class CheckpointFolders implements Checkpoints {
    private static final Logger LOG = Logger.getLogger(CheckpointFolders.class);

    private final Path root;

    /** @param root made when the first checkpoint is written */
    public CheckpointFolders(Path root) {
        this.root = root;
    }

    @Override
    public CheckpointStore of(RunName run, int attempt) {
        return new CheckpointStore(root.resolve(run.run()), attempt);
    }

    @Override
    public List<RunName> runs() {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(ResourceId::isValid)
                    .map(RunName::new)
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException refused) {
            LOG.warnf("%s cannot be looked through for checkpoints that are left over: %s", root, refused.getMessage());
            return List.of();
        }
    }

    @Override
    public void discard(RunName run) {
        Path folder = root.resolve(run.run());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException none) {
            // it had none
        } catch (IOException refused) {
            LOG.warnf("run %s: its checkpoints are left over: %s", run, refused.getMessage());
        }
    }

    @Override
    public void forget(RunName run) {
        try {
            Files.deleteIfExists(root.resolve(run.run()));
        } catch (IOException notEmpty) {
            LOG.debugf("run %s: something is left of its checkpoints: %s", run, notEmpty.getMessage());
        }
    }
}
