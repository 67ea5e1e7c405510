package io.bascule.app.meters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WantedTest {
    private static final String ECS =
            "cloudwatch:eu-central-1?namespace=AWS/ECS&metric=CPUUtilization&ClusterName=shop&ServiceName=web";

    @TempDir
    Path folder;

    private final List<String> problems = new ArrayList<>();

    private List<Wanted> read(List<String> targets, String... texts) {
        return new Wanted.Reader("--resources", targets, problems).read(List.of(texts));
    }

    @Test
    void meters_and_files_are_told_apart() {
        List<Wanted> wanted =
                read(List.of(), "cpu_utilization=" + ECS, "memory=http://p:9090/?query=m", folder + "/all.csv");
        assertThat(problems).isEmpty();
        assertThat(wanted.get(0)).isInstanceOfSatisfying(Wanted.OfMeter.class, meter -> {
            assertThat(meter.measure()).isEqualTo("cpu");
            assertThat(meter.from()).isEqualTo(ECS);
            assertThat(meter.provider().schemes()).containsExactly("cloudwatch");
        });
        assertThat(wanted.get(1))
                .isInstanceOfSatisfying(
                        Wanted.OfMeter.class,
                        meter -> assertThat(meter.address().get("query")).hasValue("m"));
        assertThat(wanted.get(2)).isEqualTo(new Wanted.OfFile("", Optional.empty(), folder.resolve("all.csv")));
    }

    @Test
    void of_several_targets_one_is_named_and_of_one_it_need_not_be() {
        assertThat(read(List.of("source", "target"), "source:cpu=" + ECS, "target:cpu=" + ECS))
                .extracting(Wanted::target)
                .containsExactly("source", "target");
        assertThat(read(List.of("target"), "cpu=" + ECS, "target:memory=" + ECS))
                .extracting(Wanted::target)
                .containsExactly("target", "target");
        assertThat(problems).isEmpty();
        read(List.of("source", "target"), "cpu=" + ECS);
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("the load has several targets; say whose these are: source:cpu=cloudwatch:");
    }

    @Test
    void every_slip_of_every_option_is_told_at_once() {
        read(
                List.of(),
                "cpu=clodwatch:eu-central-1?namespace=AWS/ECS",
                "cpu=cloudwatch:Frankfurt?namspace=AWS/ECS&perod=60&Period=60&stat=average",
                "cloudwatch:eu-central-1?namespace=a&metric=b",
                "queue=http://p:9090/?query=q&unit=percent",
                "memory=" + folder + "/nowhere/m.csv",
                "memory=");
        assertThat(problems)
                .containsExactly(
                        "--resources cpu=clodwatch:eu-central-1?namespace=AWS/ECS: neither an address of a meter nor a file;"
                                + " did you mean 'cloudwatch'?",
                        slip("'Frankfurt' is no region: expected one as in cloudwatch:eu-central-1?namespace=…"),
                        slip("expected a namespace, as in namespace=AWS/ECS"),
                        slip("expected a metric, as in metric=CPUUtilization"),
                        slip("'namspace' is not known here; did you mean 'namespace'?"),
                        slip("'perod' is not known here; did you mean 'period'?"),
                        slip("'Period': did you mean 'period'? A dimension of that name is dimension.Period"),
                        slip("stat=average: expected Average, Maximum, p95 or another statistic of CloudWatch;"
                                + " did you mean 'Average'?"),
                        "--resources cloudwatch:eu-central-1?namespace=a&metric=b: expected whose samples these are:"
                                + " cpu=cloudwatch:…",
                        "--resources queue=http://p:9090/?query=q&unit=percent: unit is for shares, and 'queue' is none by"
                                + " its name",
                        shown("--resources memory=" + folder + "/nowhere/m.csv")
                                + ": neither an address of a meter nor a file",
                        "--resources memory=: expected an address or a file behind '='");
    }

    private static String slip(String what) {
        return "--resources cpu=cloudwatch:Frankfurt?namspace=AWS/ECS&perod=60&Period=60&stat=average: " + what;
    }

    private static String shown(String text) {
        int start = "--resources ".length();
        return text.length() - start > 80 ? text.substring(0, start + 79) + "…" : text;
    }

    @Test
    void one_measure_is_asked_for_once_and_a_password_is_not_said_again() {
        read(List.of(), "cpu=" + ECS, "cpu_utilization=http://p/?query=c");
        assertThat(problems).containsExactly("--resources cpu=…: asked for more than once");
        problems.clear();
        read(List.of(), "cpu=http://me:hunter2@p/?query=c");
        assertThat(problems).singleElement().asString().doesNotContain("hunter2");
    }
}
