package io.bascule.embedded.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.core.port.Actuator;
import io.bascule.core.port.Authority;
import io.bascule.core.port.Change;
import io.bascule.core.port.Deadline;
import io.bascule.core.port.Image;
import io.bascule.core.port.Outcome;
import io.bascule.core.port.Reading;
import io.bascule.testkit.ActuatorConformance;
import io.bascule.testkit.ConfigurationConformance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileConfigurationTest {
    private static final String PROPERTIES = """
            # database=commented out
            ! database=this too
            banner = Welcome \\
                database=not an entry
            database=source/shop.db
            \tpool\\ size : 10
            empty
            """;
    private static final String YAML = """
            # database: commented
            server:
              database: nested, not ours
            "quoted": 'it''s'
            database: source/shop.db   # where orders live
            list: [a, b]
            """;
    private static final String ENV = """
            # DATABASE=commented
            export DATABASE=source/shop.db
            PASSWORD='a $b "c"'
            """;

    @TempDir
    Path folder;

    abstract class Suite extends ConfigurationConformance {
        private final FlatFormat format;
        private final String field;
        private final String name;
        private final String text;
        private Path file = Path.of("none");

        Suite(FlatFormat format, String field, String name, String text) {
            this.format = format;
            this.field = field;
            this.name = name;
            this.text = text;
        }

        @BeforeEach
        void write() throws Exception {
            file = folder.resolve(name);
            Files.writeString(file, text);
        }

        @Override
        protected Actuator configuration() {
            return actuator(file, format, field);
        }

        @Override
        protected String field() {
            return field;
        }

        @Override
        protected String first() {
            return "source/shop.db";
        }

        @Override
        protected String second() {
            return "target/shop db: größer.db";
        }

        @Override
        protected String others() throws Exception {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.startsWith(field) && !line.startsWith("export " + field))
                    .toList()
                    .toString();
        }

        @Override
        protected void lose() throws Exception {
            Files.delete(file);
        }

        @Override
        protected void setByOthers(String value) throws Exception {
            String quoted = format == FlatFormat.PROPERTIES ? value : '"' + value + '"';
            Files.writeString(file, Files.readString(file).replace("source/shop.db", quoted));
        }
    }

    @Nested
    class OfProperties extends Suite {
        OfProperties() {
            super(FlatFormat.PROPERTIES, "database", "app.properties", PROPERTIES);
        }
    }

    @Nested
    class OfYaml extends Suite {
        OfYaml() {
            super(FlatFormat.YAML, "database", "app.yaml", YAML);
        }
    }

    @Nested
    class OfEnv extends Suite {
        OfEnv() {
            super(FlatFormat.ENV, "DATABASE", "app.env", ENV);
        }
    }

    private static Actuator actuator(Path file, FlatFormat format, String... fields) {
        return new FileConfiguration(file, format, new TreeSet<>(List.of(fields)), InstantSource.system());
    }

    private static Deadline soon() {
        return Deadline.after(Instant.now(), Duration.ofSeconds(5));
    }

    private static Image seen(Actuator actuator) {
        return actuator.observe(soon()) instanceof Reading.Seen seen ? seen.image() : Image.NONE;
    }

    private static Outcome set(Actuator actuator, String... wanted) {
        return actuator.apply(new Change("t", Instant.now().plusSeconds(5), seen(actuator), Image.of(wanted)), soon());
    }

    @Test
    void every_byte_that_is_not_ours_is_kept() throws Exception {
        Path file = folder.resolve("raw.properties");
        byte[] before = "a=\u00ff\r\ndatabase = x\r\n\r\n#end without a line end".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, before);
        Actuator actuator = actuator(file, FlatFormat.PROPERTIES, "database", "more");
        assertThat(set(actuator, "database", "y", "more", "z")).isInstanceOf(Outcome.Done.class);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .isEqualTo("a=\u00ff\r\ndatabase = y\r\n\r\n#end without a line end\r\nmore=z\r\n");
        assertThat(seen(actuator).owned()).containsEntry("more", "z");
        assertThat(set(actuator, "database", "x")).isInstanceOf(Outcome.Done.class);
        assertThat(seen(actuator).owned()).doesNotContainKey("more");
    }

    @Test
    void a_field_that_is_not_ours_is_refused() throws Exception {
        Path file = folder.resolve("app.properties");
        Files.writeString(file, PROPERTIES);
        assertThat(set(actuator(file, FlatFormat.PROPERTIES, "database"), "database", "x", "banner", "y"))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(Files.readString(file)).isEqualTo(PROPERTIES);
    }

    @Test
    void the_pre_image_carries_the_files_hash_and_permissions_are_kept() throws Exception {
        Path file = folder.resolve("app.properties");
        Files.writeString(file, PROPERTIES);
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-r--"));
        Actuator actuator = actuator(file, FlatFormat.PROPERTIES, "database");
        assertThat(actuator.authorise(soon())).isInstanceOf(Authority.Granted.class);
        String before = seen(actuator).context().get("sha256");
        assertThat(before).hasSize(64);
        set(actuator, "database", "x");
        assertThat(seen(actuator).context().get("sha256")).isNotEqualTo(before);
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw-r--");
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Nested
    class AsAnActuator extends ActuatorConformance {
        private final String until = Instant.now().plusSeconds(60).toString();
        private Path file = Path.of("none");

        @BeforeEach
        void write() throws Exception {
            file = folder.resolve("app.properties");
            Files.writeString(file, PROPERTIES);
        }

        @Override
        protected Actuator actuator() {
            return FileConfigurationTest.actuator(file, FlatFormat.PROPERTIES, "database");
        }

        @Override
        protected Image from() {
            return Image.of("database", "source/shop.db");
        }

        @Override
        protected Image to() {
            return Image.of("database", "target/shop.db", "database.until", until, "database.else", "source/shop.db");
        }

        @Override
        protected boolean remembersTokens() {
            return false;
        }

        @Override
        protected String bystanders() {
            try {
                return Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("database"))
                        .toList()
                        .toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
