package io.bascule.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.plan.Action;
import io.bascule.core.plan.Problem;
import io.bascule.core.plan.Settings;
import io.bascule.planfile.keys.Key;
import io.bascule.planfile.keys.Section;
import io.bascule.planfile.keys.SettingsDecoder;
import io.bascule.planfile.keys.Types;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An adapter module brings its own section of the plan file, found by ServiceLoader. */
class AdapterTest {

    /** A parameter store, as another module would bring it. */
    public static final class ParameterStore implements SettingsDecoder {
        private static final Key<String> PREFIX =
                Key.of("prefix", Types.PLAIN, "The parameters' prefix.").required();
        private static final Key<java.time.Duration> WAIT =
                Key.of("wait", Types.DURATION, "How long it settles.").orElse("2s");

        @Override
        public Role role() {
            return Role.CONFIGURATION;
        }

        @Override
        public String adapter() {
            return "parameter-store";
        }

        @Override
        public Section keys() {
            return Section.of("a parameter store", PREFIX, WAIT);
        }

        @Override
        public Optional<Key<?>> main() {
            return Optional.of(PREFIX);
        }
    }

    private static final String BEFORE = "configure: { file: source/app.properties,";

    @Test
    void its_section_is_decoded_with_defaults_filled_in() {
        Action action = Shop.good(Shop.with(BEFORE, "configure: { side: source, parameter-store: { prefix: /shop },"))
                .plan()
                .step("configure")
                .orElseThrow()
                .action();
        assertThat(action).isInstanceOfSatisfying(Action.Configure.class, configure -> {
            assertThat(configure.means()).isEqualTo(Settings.of("parameter-store", "prefix", "/shop", "wait", "PT2S"));
            assertThat(configure.name()).isEqualTo("/shop");
        });
    }

    @Test
    void its_faults_are_told_at_their_places() {
        String text =
                Shop.with(BEFORE, "configure: { side: source, parameter-store: { prefix: /shop, wait: 2, extra: 1 },");
        assertThat(Shop.problems(text)).extracting(Problem::code).containsExactly("BSC-1201", "BSC-1101");
    }

    @Test
    void its_keys_are_in_the_schema_and_explained() {
        assertThat(PlanSchema.schema()).contains("\"parameter-store\"");
        assertThat(Explain.of("parameter-store.wait")).isPresent();
    }
}
