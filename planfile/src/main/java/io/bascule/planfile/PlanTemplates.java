package io.bascule.planfile;

import io.bascule.core.plan.Shape;
import io.bascule.planfile.keys.NamesType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Commented plans to start from, one for each shape; what {@code bascule init} writes. */
public final class PlanTemplates {
    private PlanTemplates() {}

    /**
     * The files of a new plan by their path: {@code plan.yaml} first, then what it refers to. The plan passes
     * {@code check} as it is; its addresses are examples.
     *
     * @throws IllegalArgumentException when the name is none ({@link #isName})
     */
    public static SequencedMap<String, String> files(String name, Shape shape) {
        if (!isName(name)) {
            throw new IllegalArgumentException("not a name: " + name);
        }
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put("plan.yaml", resource(shape.word() + ".yaml").replace("@NAME@", name));
        if (shape == Shape.DECOMMISSION) {
            files.put("decommission/remove.sh", resource("remove.sh"));
            files.put("decommission/exists.sh", resource("exists.sh"));
        }
        return files;
    }

    /** Whether a plan may be called so. */
    public static boolean isName(String name) {
        return name.matches(NamesType.NAME);
    }

    private static String resource(String file) {
        try (InputStream in = PlanTemplates.class.getResourceAsStream("templates/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the template is missing: " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
