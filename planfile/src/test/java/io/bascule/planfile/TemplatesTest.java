package io.bascule.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.core.plan.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemplatesTest {

    @ParameterizedTest
    @EnumSource(Shape.class)
    void a_new_plan_of_each_shape_passes_check_as_it_is(Shape shape, @TempDir Path folder) throws IOException {
        for (Map.Entry<String, String> file :
                PlanTemplates.files("billing", shape).entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Decoded decoded = PlanFile.read(folder.resolve("plan.yaml"), List.of());
        assertThat(decoded.told()).isEmpty();
        assertThat(((Decoded.Good) decoded).plan().name()).isEqualTo("billing");
        assertThat(((Decoded.Good) decoded).plan().shape()).isEqualTo(shape);
    }

    @Test
    void a_plan_cannot_be_called_anything() {
        assertThat(PlanTemplates.isName("Shop 1")).isFalse();
        assertThatThrownBy(() -> PlanTemplates.files("Shop 1", Shape.FLIP))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
