package io.bascule.embedded.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.embedded.http.RawClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopWorldTest {
    @TempDir
    Path home;

    @Test
    void a_world_serves_users_through_its_door_and_comes_back_as_it_was() throws Exception {
        try (ShopWorld world = ShopWorld.start(home, ShopWorld.Ports.ANY);
                RawClient user = new RawClient(world.door())) {
            assertThat(user.get("/").body()).contains("20000 orders");
            String order = "{\"user\":\"ana\",\"key\":\"k\",\"amount\":1}";
            assertThat(user.post("/orders", order).answer().body()).isEqualTo("{\"id\":20001}\n");
        }
        String token = Files.readString(home.resolve("front-door.token"));
        try (ShopWorld world = ShopWorld.start(home, ShopWorld.Ports.ANY);
                RawClient user = new RawClient(world.door())) {
            assertThat(user.get("/").body()).contains("20001 orders");
            assertThat(Files.readString(home.resolve("front-door.token"))).isEqualTo(token);
        }
    }
}
