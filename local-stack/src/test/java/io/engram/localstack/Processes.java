package io.engram.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What runs on this machine, for tests that look for what was left behind. */
final class Processes {
    private Processes() {}

    /** Living processes whose command line names a folder. */
    static List<String> mentioning(Path folder) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .map(Processes::commandLine)
                .filter(command -> command.contains(folder.toString()))
                .toList();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }
}
