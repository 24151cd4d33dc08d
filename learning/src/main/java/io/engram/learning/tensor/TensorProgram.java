package io.engram.learning.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * TorchScript functions given as text, compiled by the engine, with named lists of tensors as resident state. One call is
 * one native call, however many operators it runs.
 *
 * <p>Every function takes {@code self} first and reaches the resident lists by name, as {@code self.parameters[0]}. It
 * returns a tensor or a list of tensors. The text has the form in which TorchScript serialises code: operators are
 * {@code torch.relu} and so on, with their defaults filled in where the engine knows them; dtypes are numbers (6 float32,
 * 4 int64). Errors in the text are reported when the program is made, with the line; errors of a call (shapes, types) as
 * {@link ai.djl.engine.EngineException}.
 *
 * <p>A program lives on the thread that made it. Its switches (gradient mode, no graph optimisation) belong to that thread.
 */
public final class TensorProgram implements AutoCloseable {
    private final PtNDManager manager;
    private final PtSymbolBlock module;
    private final Map<String, NDArray> functionTags = new HashMap<>();

    /**
     * Compiles a program.
     *
     * @param parent closes the program when it is closed
     * @param lists names of the resident lists
     * @param functions the text of all functions
     */
    public TensorProgram(NDManager parent, List<String> lists, String functions) {
        this(parent, lists, functions, Optional.empty());
    }

    /**
     * Compiles a program that holds a module.
     *
     * @param parent closes the program when it is closed
     * @param lists names of the resident lists
     * @param functions the text of all functions
     * @param extractor what they reach as {@code self.extractor}, a copy of its own
     */
    public TensorProgram(NDManager parent, List<String> lists, String functions, Optional<ScriptModule> extractor) {
        manager = (PtNDManager) parent.newSubManager();
        byte[] archive = TorchScriptArchive.of(lists, functions, extractor);
        try {
            // Onto the device while it is read: constants of a module would stay behind otherwise.
            module = JniUtils.loadModule(manager, new ByteArrayInputStream(archive), true, false);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
        resetThread();
    }

    /** Gives the program its resident tensors; the list keeps referring to these very tensors until it is set again. */
    public void set(String list, NDList tensors) {
        if (tensors.isEmpty()) {
            call("clear_" + list).close();
            return;
        }
        tensors.forEach(t -> t.setName("l[]"));
        call("set_" + list, tensors.toArray(new NDArray[0])).close();
        tensors.forEach(t -> t.setName(null));
    }

    /** The resident tensors of a list as they are now; the caller closes the result, which leaves them alone. */
    public NDList get(String list) {
        return call("get_" + list);
    }

    /** Runs a function with gradients on; the caller closes the result. */
    public NDList call(String function, NDArray... arguments) {
        return forward(function, true, arguments);
    }

    /** Runs a function in inference mode: no gradients are kept. The caller closes the result. */
    public NDList infer(String function, NDArray... arguments) {
        return forward(function, false, arguments);
    }

    private NDList forward(String function, boolean training, NDArray... arguments) {
        NDList list = new NDList(arguments);
        list.add(functionTags.computeIfAbsent(function, this::tag));
        boolean done = false;
        try {
            NDList result = IValueUtils.forward(module, list, training);
            done = true;
            return result;
        } finally {
            if (!done) {
                resetThread();
            }
        }
    }

    /** The engine's glue finds the function to run in the name of the last argument. */
    private NDArray tag(String function) {
        NDArray tag = manager.create(0);
        tag.setName("module_method:" + function);
        return tag;
    }

    private static void resetThread() {
        JniUtils.setGraphExecutorOptimize(false);
        JniUtils.setGradMode(true);
    }

    @Override
    public void close() {
        manager.close();
    }
}
