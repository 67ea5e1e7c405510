package io.bascule.load.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingTest {

    @Test
    void a_combined_log_is_read_with_its_zone_and_what_is_no_request_is_told() {
        Recording read = Recording.read("""
                10.1.2.3 - frank [10/Oct/2026:13:55:36 -0700] "GET /a?b=\\"c HTTP/1.0" 200 2326 "http://x/" "Mozilla/4.08 [en]"
                10.1.2.3 - - [10/Oct/2026:20:55:35 +0000] "HEAD /first HTTP/1.1" 304 - "-" "-"
                10.1.2.3 - - [10/Oct/2026:20:55:37 +0000] "POST /orders HTTP/1.1" 201 7 "-" "-"
                10.1.2.3 - - [10/Oct/2026:20:55:38 +0000] "\\x16\\x03\\x01" 400 0 "-" "-"
                nonsense
                10.1.2.3 - - [40/Oct/2026:20:55:38 +0000] "GET / HTTP/1.1" 200 0 "-" "-"
                """);
        assertThat(read.requests())
                .extracting(Recording.Entry::path)
                .as("sorted by time")
                .startsWith("/first");
        assertThat(read.requests().getFirst().at()).isEqualTo(Instant.parse("2026-10-10T20:55:35Z"));
        assertThat(read.unsafe()).isEqualTo(1);
        assertThat(read.unread()).isEqualTo(3);
        assertThat(read.faults()).extracting(Recording.Fault::line).containsExactly(4, 5, 6);
    }

    @Test
    void a_load_balancers_log_is_read_by_when_each_request_was_made() {
        Recording read = Recording.read("https 2026-07-02T22:23:00.186641Z app/lb/50dc6c495c0c9188 192.168.131.39:2817"
                + " 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 \"GET https://www.example.com:443/p?q=1 HTTP/1.1\""
                + " \"curl/7.46.0\" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:us-east-2:1:t/x/1"
                + " \"Root=1-58337281-1d84f3d73c47ec4e58577259\" \"www.example.com\" \"arn:aws:acm:1\" 1"
                + " 2026-07-02T22:22:48.364000Z \"authenticate,forward\" \"-\" \"-\" 10.0.0.1:80 200 \"-\" \"-\"\n"
                + "http 2026-07-02T22:22:49Z short\n");
        assertThat(read.requests())
                .containsExactly(new Recording.Entry(Instant.parse("2026-07-02T22:22:48.364Z"), "GET", "/p?q=1"));
        assertThat(read.unread()).isEqualTo(1);
    }

    @Test
    void a_har_is_read_and_its_schedule_can_be_sped_up() {
        Recording read = Recording.read("""
                {"log":{"entries":[
                 {"startedDateTime":"2026-11-01T10:00:02.000+01:00","request":{"method":"GET","url":"https://a.example/two"}},
                 {"startedDateTime":"2026-11-01T10:00:00.000+01:00","request":{"method":"GET","url":"https://a.example"}},
                 {"startedDateTime":"2026-11-01T10:00:01.000+01:00","request":{"method":"DELETE","url":"https://a.example/x"}},
                 {"request":{}}]}}
                """);
        assertThat(read.requests()).extracting(Recording.Entry::path).containsExactly("/", "/two");
        assertThat(read.schedule(2)).isEqualTo(List.of(0L, 1_000_000_000L));
        assertThat(read.unsafe()).isEqualTo(1);
        assertThat(read.unread()).isEqualTo(1);
        assertThat(Recording.read("{\"no\":1}").faults()).hasSize(1);
        assertThat(Recording.read("{broken").faults()).hasSize(1);
    }
}
