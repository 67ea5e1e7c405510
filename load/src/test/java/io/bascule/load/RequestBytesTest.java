package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestBytesTest {

    private final RequestBytes encoder = new RequestBytes("shop.example");

    @Test
    void a_request_without_anything_of_its_own() {
        assertThat(head(LoadRequest.get("/a?b=c")))
                .isEqualTo("GET /a?b=c HTTP/1.1\r\nhost: shop.example\r\nuser-agent: bascule-load\r\n\r\n");
    }

    @Test
    void its_own_host_and_agent_stand_and_its_own_lengths_do_not() {
        LoadRequest request = new LoadRequest(
                "PUT",
                "/",
                Map.of("HOST", "other", "User-agent", "me", "Content-Length", "7", "Transfer-Encoding", "chunked"),
                ByteBuffer.wrap(new byte[3]),
                null,
                null);
        assertThat(head(request).lines())
                .containsExactlyInAnyOrder("PUT / HTTP/1.1", "HOST: other", "User-agent: me", "content-length: 3", "");
    }

    @Test
    void headers_of_another_request_are_not_taken_for_these() {
        assertThat(head(LoadRequest.get("/").withHeader("A", "1"))).contains("A: 1\r\n");
        assertThat(head(LoadRequest.get("/").withHeader("A", "2"))).contains("A: 2\r\n");
        assertThat(head(LoadRequest.get("/"))).doesNotContain("A: ");
    }

    @Test
    void what_would_be_another_header_is_refused() {
        for (String value : new String[] {"a\r\nX: y", "a\nb", "a\u0000b"}) {
            assertThatThrownBy(() -> head(LoadRequest.get("/").withHeader("A", value)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("X: y");
        }
        for (String name : new String[] {"", "a b", "a:", "a\r\n"}) {
            assertThatThrownBy(() -> head(LoadRequest.get("/").withHeader(name, "v")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private String head(LoadRequest request) {
        var out = Unpooled.buffer();
        encoder.head(request, out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
