package io.bascule.aws.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Our form against a server that models IAM. It takes any signature, and has no simulator. */
@Tag("server")
class SignedIamServerTest {
    private static final String SIGNED =
            "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0";

    private static int create(String role) throws Exception {
        String nobody = URLEncoder.encode("{\"Version\":\"2012-10-17\",\"Statement\":[]}", StandardCharsets.UTF_8);
        String form = "Action=CreateRole&Version=2010-05-08&Path=%2Fteam%2F&RoleName=" + role
                + "&AssumeRolePolicyDocument=" + nobody;
        HttpRequest request = HttpRequest.newBuilder(Peers.moto())
                .header("Authorization", SIGNED)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private static Call<String> role(URI at, String role) {
        Iam iam = new SignedIam(at, "us-east-1", "bascule");
        return Peers.calls().send(Peers.soon(), within -> iam.roleArn(role, within));
    }

    @Test
    void a_role_is_told_with_its_path_and_one_that_is_not_there_by_its_error() throws Exception {
        String role = Peers.fresh("cutover");
        assertThat(create(role)).isEqualTo(200);
        assertThat(role(Peers.moto(), role))
                .isEqualTo(new Call.Answered<>("arn:aws:iam::123456789012:role/team/" + role));
        assertThat(role(Peers.moto(), "nobody"))
                .isInstanceOfSatisfying(
                        Call.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("NoSuchEntity"));
    }
}
