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

    /** What switches over and never back, as another module would bring it. */
    public static final class OneWay implements SettingsDecoder {
        private static final Key<String> DEPLOYMENT =
                Key.of("deployment", Types.PLAIN, "The deployment.").required();

        @Override
        public Role role() {
            return Role.SWITCH;
        }

        @Override
        public String adapter() {
            return "one-way";
        }

        @Override
        public Section keys() {
            return Section.of("a deployment", DEPLOYMENT);
        }

        @Override
        public boolean reversible() {
            return false;
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

    private static final String SYNC = "    - sync: { dataset: orders }\n";

    private static String synced(String step) {
        return Shop.with(SYNC, SYNC + "    - " + step + "\n");
    }

    private static Action action(String step, String text) {
        return Shop.good(text).plan().step(step).orElseThrow().action();
    }

    @Test
    void a_sync_carries_or_switches_over_by_a_means() {
        Settings means = Settings.of("simulated", "name", "files");
        assertThat(action("sync.2", synced("sync: { simulated: files }"))).isEqualTo(new Action.Probe(means, true));
    }

    @Test
    void a_check_asks_by_a_means_and_then_nothing_of_a_page() {
        String check = "check: { http: both, path: /health, expect: 200 }";
        Settings means = Settings.of("simulated", "name", "snapshot");
        assertThat(action("check", Shop.with(check, "check: { simulated: snapshot }")))
                .isEqualTo(new Action.Probe(means, false));
        assertThat(Shop.problems(Shop.with(check, "check: { simulated: snapshot, path: /health }")))
                .extracting(Problem::code)
                .containsExactly("BSC-1109");
    }

    @Test
    void what_never_switches_back_stands_behind_the_point_of_no_return() {
        String oneWay = "sync: { one-way: { deployment: bgd-1 } }";
        assertThat(Shop.problems(synced(oneWay))).singleElement().satisfies(problem -> {
            assertThat(problem.message())
                    .isEqualTo("phases.sync[1]: a 'sync' step that cannot be undone does not belong into 'sync'");
            assertThat(problem.hint()).contains("it belongs into: review");
        });
        String review = "  review:\n";
        assertThat(action("sync.2", Shop.with(review, review + "    - " + oneWay + "\n")))
                .isEqualTo(new Action.SwitchOver(Settings.of("one-way", "deployment", "bgd-1"), false));
    }

    @Test
    void a_sync_is_of_one_thing() {
        assertThat(Shop.problems(Shop.with(SYNC, "    - sync: { dataset: orders, one-way: { deployment: bgd-1 } }\n")))
                .extracting(Problem::code)
                .contains("BSC-1107");
    }

    @Test
    void its_keys_are_in_the_schema_and_explained() {
        assertThat(PlanSchema.schema()).contains("\"parameter-store\"");
        assertThat(Explain.of("parameter-store.wait")).isPresent();
    }
}
