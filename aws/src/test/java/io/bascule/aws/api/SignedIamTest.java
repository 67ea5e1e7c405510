package io.bascule.aws.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bascule.aws.api.Iam.Evaluation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent to IAM, and what is made of its answers as its documentation shows them. */
class SignedIamTest {
    private final List<String> bodies = new ArrayList<>();
    private final List<String> signatures = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String answer = "";

    @BeforeEach
    void serve() throws IOException {
        System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
        System.setProperty("aws.secretAccessKey", "secret");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            signatures.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    private Iam iam() {
        return new SignedIam(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "us-east-1", "bascule");
    }

    private Call<List<Evaluation>> simulated() {
        return Peers.calls()
                .send(
                        Peers.soon(),
                        within -> iam().simulate("arn:role/x", List.of("a:Do", "a:Undo"), "arn:thing *", within));
    }

    @Test
    void each_action_has_its_decision_and_what_it_depends_on_and_lists_within_are_not_actions() {
        answer = """
                <SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
                  <SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults>
                    <member>
                      <MatchedStatements><member><SourcePolicyId>p</SourcePolicyId></member></MatchedStatements>
                      <MissingContextValues/>
                      <EvalResourceName>arn:thing</EvalResourceName>
                      <EvalDecision>allowed</EvalDecision><EvalActionName>a:Do</EvalActionName>
                    </member>
                    <member>
                      <EvalActionName>a:Undo</EvalActionName><EvalDecision>explicitDeny</EvalDecision>
                      <MissingContextValues><member>aws:SourceIp</member></MissingContextValues>
                    </member>
                  </EvaluationResults></SimulatePrincipalPolicyResult>
                </SimulatePrincipalPolicyResponse>
                """;
        assertThat(simulated())
                .isEqualTo(new Call.Answered<>(List.of(
                        new Evaluation("a:Do", "allowed", List.of()),
                        new Evaluation("a:Undo", "explicitDeny", List.of("aws:SourceIp")))));
        assertThat(bodies.getFirst())
                .contains(
                        "Version=2010-05-08",
                        "Action=SimulatePrincipalPolicy",
                        "PolicySourceArn=arn%3Arole%2Fx",
                        "ActionNames.member.2=a%3AUndo",
                        "ResourceArns.member.1=arn%3Athing+*");
        assertThat(signatures.getFirst())
                .contains("AWS4-HMAC-SHA256 Credential=", "/us-east-1/iam/aws4_request", "host;");
    }

    @Test
    void a_refusal_has_its_code_and_what_is_no_answer_is_lost() {
        status = 403;
        answer = "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not you</Message></Error>"
                + "</ErrorResponse>";
        assertThat(simulated())
                .isInstanceOfSatisfying(
                        Call.Rejected.class, no -> assertThat(no.why()).contains("AccessDenied: not you"));
        status = 200;
        answer = "<html>";
        assertThat(simulated()).isInstanceOf(Call.Lost.class);
    }
}
