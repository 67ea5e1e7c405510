package io.bascule.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.load.AnswerParser.Found;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer is read whole, byte by byte and in pieces by chance, and must come to the same each time. */
class AnswerParserTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

    private record Read(Found found, int status, String body, boolean keepAlive, int left, ResponseHeaders headers) {}

    static Stream<Arguments> whole() {
        return Stream.of(
                Arguments.of(OK + "Content-Length: 4\r\n\r\nbody", "body", true),
                Arguments.of(OK + "content-length:4\r\n\r\nbody", "body", true),
                Arguments.of(OK + "Content-Length: \t 4 \t\r\n\r\nbody", "body", true),
                Arguments.of(OK + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nbody", "body", true),
                Arguments.of("HTTP/1.1 200 OK\nContent-Length: 4\n\nbody", "body", true),
                Arguments.of("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", "", true),
                Arguments.of("HTTP/1.1 204 None\r\nContent-Length: 7\r\n\r\n", "", true),
                Arguments.of("HTTP/1.1 304 Same\r\nTransfer-Encoding: chunked\r\n\r\n", "", true),
                Arguments.of(OK + "Connection: Close\r\nContent-Length: 2\r\n\r\nab", "ab", false),
                Arguments.of(OK + "Connection: foo, close\r\nContent-Length: 2\r\n\r\nab", "ab", false),
                Arguments.of("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nab", "ab", false),
                Arguments.of("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nab", "ab", true),
                Arguments.of(CHUNKED + "3\r\nabc\r\n0\r\n\r\n", "abc", true),
                Arguments.of(
                        CHUNKED + "3;name=value\r\nabc\r\n00A \r\n0123456789\r\n0\r\nX: y\r\n\r\n",
                        "abc0123456789",
                        true),
                Arguments.of(OK + "Transfer-Encoding: gzip, Chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", "a", true),
                Arguments.of(
                        OK + "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
                        "a",
                        true),
                Arguments.of(
                        OK + "Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", "a", false),
                Arguments.of("HTTP/1.1 103 Hints\r\nLink: </a>\r\n\r\n" + OK + "Content-Length: 1\r\n\r\nx", "x", true),
                Arguments.of(
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 P\r\n\r\n" + OK + "Content-Length: 1\r\n\r\nx",
                        "x",
                        true),
                Arguments.of(OK + "X-Long: " + "y".repeat(9_000) + "\r\nContent-Length: 1\r\n\r\nx", "x", true));
    }

    @ParameterizedTest
    @MethodSource
    void whole(String answer, String body, boolean keepAlive) {
        for (Read read : reads(answer + "rest", false)) {
            assertThat(read.found).isEqualTo(Found.COMPLETE);
            assertThat(read.body).isEqualTo(body);
            assertThat(read.keepAlive).isEqualTo(keepAlive);
            assertThat(read.left).as("what follows stays").isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 99 Low\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 -20 OK\r\n\r\n",
                "HTTP/1.1 101 Switching\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nContent-Length: 4, 4\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nContent-Length: +4\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nContent-Length: 0x4\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nContent-Length : 4\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n 5\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n , gzip\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\n folded: 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: nameless\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: a\rContent-Length: 4\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nX: a\u0000b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n"
            })
    void nonsense(String answer) {
        for (Read read : reads(answer, false)) {
            assertThat(read.found).isEqualTo(Found.NONSENSE);
        }
    }

    @Test
    void what_never_ends_is_nonsense_in_time() {
        String line = "X-Filler: " + "y".repeat(500) + "\r\n";
        for (String endless : new String[] {
            OK + line.repeat(200),
            "HTTP/1.1 103 Hints\r\n\r\n".repeat(4_000),
            OK + "X: " + "y".repeat(70_000),
            CHUNKED + "1;" + "x".repeat(70_000),
            CHUNKED + "0".repeat(70_000),
            CHUNKED + "0\r\n" + line.repeat(200)
        }) {
            for (Read read : reads(endless, false)) {
                assertThat(read.found).as(endless.substring(0, 40)).isEqualTo(Found.NONSENSE);
            }
        }
    }

    @Test
    void an_answer_to_head_has_no_body_and_one_without_a_length_ends_with_the_connection() {
        for (Read read : reads(OK + "Content-Length: 400\r\n\r\n", true)) {
            assertThat(read.found).isEqualTo(Found.COMPLETE);
        }
        for (String open :
                new String[] {OK + "\r\nabc", OK + "Transfer-Encoding: gzip\r\nContent-Length: 1\r\n\r\nabc"}) {
            for (Read read : reads(open, false)) {
                assertThat(read.found).isEqualTo(Found.MORE);
                assertThat(read.body).isEqualTo("abc");
                assertThat(read.keepAlive).isFalse();
            }
        }
    }

    @Test
    void headers_are_there_for_who_asks() {
        String answer = "HTTP/1.1 103 Hints\r\nGone: 1\r\n\r\n" + OK
                + "Set-Cookie: a=1\r\nset-cookie:b=2  \r\nEmpty:\r\nFolded: one\r\n  two\r\n\tthree\r\nUmlaut: \u00fc\r\n"
                + "Content-Length: 0\r\n\r\n";
        for (Read read : reads(answer, false)) {
            assertThat(read.headers.all("SET-COOKIE")).containsExactly("a=1", "b=2");
            assertThat(read.headers.first("empty")).isEmpty();
            assertThat(read.headers.first("folded")).isEqualTo("one two three");
            assertThat(read.headers.first("umlaut")).isEqualTo("\u00fc");
            assertThat(read.headers.first("gone")).isNull();
            assertThat(read.headers.flat()).hasSize(12).startsWith("Set-Cookie", "a=1");
        }
    }

    private static Read[] reads(String answer, boolean toHead) {
        long seed = answer.hashCode();
        var chance = new Random(seed);
        return new Read[] {
            read(answer, toHead, Integer.MAX_VALUE, null),
            read(answer, toHead, 1, null),
            read(answer, toHead, 0, chance)
        };
    }

    /** Hands over pieces of that size, or of a size by chance. */
    private static Read read(
            String answer, boolean toHead, int size, @org.jspecify.annotations.Nullable Random chance) {
        var parser = new AnswerParser();
        var exchange = new Exchange(0, 0, LoadRequest.get("/"), true, true, Set.of());
        ByteBuf bytes = Unpooled.copiedBuffer(answer, StandardCharsets.ISO_8859_1);
        Found found = Found.MORE;
        parser.begin(toHead);
        while (bytes.isReadable() && found == Found.MORE) {
            int piece = Math.min(bytes.readableBytes(), chance == null ? size : 1 + chance.nextInt(40));
            ByteBuf part = bytes.readSlice(piece);
            found = parser.take(part, exchange);
            bytes.readerIndex(bytes.readerIndex() - part.readableBytes());
        }
        String body = exchange.response(new RunStart(0, Instant.EPOCH), null, 0).bodyText();
        return new Read(found, parser.status(), body, parser.keepAlive(), bytes.readableBytes(), parser.headers());
    }
}
