package io.bascule.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.app.wiring.PlanAdapters;
import io.bascule.app.wiring.StoredPlan;
import io.bascule.core.run.Preview;
import io.bascule.embedded.shop.ShopWorld;
import io.bascule.planfile.Decoded;
import io.bascule.planfile.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bascule plan} on the demo's plan against its real world: it tells everything and touches nothing. */
class PlanChangesNothingTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path home;

    @Test
    void a_preview_tells_every_change_with_its_undo_and_leaves_the_world_as_it_was() throws Exception {
        try (ShopWorld world = ShopWorld.start(home, ShopWorld.Ports.ANY)) {
            StoredPlan stored = StoredPlan.read(StoredPlan.body(plan(world)));
            SortedMap<String, String> before = everything();
            Preview preview = Preview.of(stored.plan(), new PlanAdapters(stored), Instant.now());
            assertThat(everything()).isEqualTo(before);
            assertTells(preview);
        }
    }

    private static void assertTells(Preview preview) {
        List<Preview.Row> changes =
                preview.rows().stream().filter(row -> !row.resource().isEmpty()).toList();
        assertThat(changes).hasSizeGreaterThan(15).allSatisfy(row -> {
            assertThat(row.before()).isNotEmpty();
            assertThat(row.after()).isNotEmpty();
            assertThat(row.undo()).isNotEmpty();
            assertThat(row.requires()).isNotEmpty();
        });
        assertThat(changes).anySatisfy(row -> {
            assertThat(row.resource()).isEqualTo("traffic:web");
            assertThat(row.before()).isEqualTo("source=10000 target=0");
            assertThat(row.after()).isEqualTo("source=9000 target=1000");
            assertThat(row.undo()).isEqualTo("back to source=10000 target=0");
        });
        assertThat(preview.rows().stream().filter(Preview.Row::pointOfNoReturn).map(Preview.Row::act))
                .containsExactly("commit/approval");
    }

    private Decoded.Good plan(ShopWorld world) throws IOException {
        Path shop = ROOT.resolve("examples/shop");
        Files.createDirectories(home.resolve("checks"));
        Files.copy(shop.resolve("checks/smoke.sh"), home.resolve("checks/smoke.sh"));
        Path plan = home.resolve("plan.yaml");
        Files.writeString(
                plan,
                Files.readString(shop.resolve("plan.yaml"))
                        .replace("127.0.0.1:8080", world.door().getAuthority())
                        .replace("127.0.0.1:8079", world.control().getAuthority())
                        .replace("127.0.0.1:8081", world.source().getAuthority())
                        .replace("127.0.0.1:8082", world.target().getAuthority()));
        assertThat(PlanFile.read(plan, List.of())).isInstanceOf(Decoded.Good.class);
        return (Decoded.Good) PlanFile.read(plan, List.of());
    }

    /** Every file's contents, but databases by their tables, for looking at one may touch its log. */
    private SortedMap<String, String> everything() throws IOException, SQLException {
        TreeMap<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = home.relativize(file).toString();
                if (name.endsWith(".db")) {
                    all.put(name, tables(file));
                } else if (!name.matches(".*(-wal|-shm)")) {
                    all.put(name, Files.readString(file));
                }
            }
        }
        return all;
    }

    private static String tables(Path database) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("select coalesce(sql, name) from sqlite_master order by 1")) {
                while (rows.next()) {
                    text.append(rows.getString(1)).append('\n');
                }
            }
            try (ResultSet rows = statement.executeQuery("select count(*), max(id) from orders")) {
                text.append(rows.getLong(1)).append(' ').append(rows.getLong(2));
            }
        }
        return text.toString();
    }
}
