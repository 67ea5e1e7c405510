package io.bascule.planfile.keys;

import io.bascule.planfile.problem.At;
import io.bascule.planfile.problem.Code;
import io.bascule.planfile.problem.Problems;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a decoder stands, and where it tells what it finds.
 *
 * @param path of the value in the plan, {@code entrances.web.at}; empty at the root
 * @param files whose contents are part of the plan, with the place that first names them; filled while decoding
 */
public record Context(String path, Problems problems, SortedMap<String, At> files) {
    public static Context root(Problems problems) {
        return new Context("", problems, new TreeMap<>());
    }

    public Context key(String key) {
        return new Context(path.isEmpty() ? key : path + "." + key, problems, files);
    }

    public Context item(int index) {
        return new Context(path + "[" + index + "]", problems, files);
    }

    /** Notes a file whose contents are part of the plan. */
    void refers(String file, At at) {
        files.putIfAbsent(file, at);
    }

    public void problem(Code code, At at, String message, String hint) {
        String shown = path.replace(".steps[", "["); // a phase's list of steps stands without its key
        problems.add(code, at, shown.isEmpty() ? message : shown + ": " + message, hint);
    }
}
