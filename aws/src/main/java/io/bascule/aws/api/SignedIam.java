package io.bascule.aws.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** IAM by two forms that the SDK's signer signs: its own client is 4 MB of shapes that nobody here needs. Safe for threads. */
record SignedIam(URI endpoint, String signingRegion, String agent) implements Iam {
    @Override
    public String roleArn(String role, AwsRequestOverrideConfiguration within) {
        return text(ask(Map.of("Action", "GetRole", "RoleName", role), within), "Arn");
    }

    @Override
    public List<Evaluation> simulate(
            String principal, List<String> actions, String resource, AwsRequestOverrideConfiguration within) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("Action", "SimulatePrincipalPolicy");
        form.put("PolicySourceArn", principal);
        form.put("ResourceArns.member.1", resource);
        IntStream.range(0, actions.size()).forEach(i -> form.put("ActionNames.member." + (i + 1), actions.get(i)));
        return elements(ask(form, within), "EvaluationResults").stream()
                .flatMap(results -> members(results).stream())
                .map(each -> new Evaluation(
                        text(each, "EvalActionName"),
                        text(each, "EvalDecision"),
                        elements(each, "MissingContextValues").stream()
                                .flatMap(values -> members(values).stream())
                                .map(Element::getTextContent)
                                .toList()))
                .toList();
    }

    private Element ask(Map<String, String> form, AwsRequestOverrideConfiguration within) {
        byte[] body = ("Version=2010-05-08&"
                        + form.entrySet().stream()
                                .map(each -> each.getKey() + "="
                                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&")))
                .getBytes(StandardCharsets.UTF_8);
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(
                                DefaultCredentialsProvider.builder().build().resolveCredentials())
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.POST)
                                .uri(endpoint)
                                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                                .putHeader("Content-Length", "" + body.length)
                                .putHeader("User-Agent", agent)
                                .build())
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "iam")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, signingRegion));
        Duration wait = within.apiCallTimeout().orElseThrow();
        try (SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(wait)
                .socketTimeout(wait)
                .build()) {
            return answer(http.prepareRequest(HttpExecuteRequest.builder()
                            .request(signed.request())
                            .contentStreamProvider(signed.payload().orElseThrow())
                            .build())
                    .call());
        } catch (IOException e) {
            throw SdkClientException.create("IAM: " + e.getMessage(), e);
        }
    }

    private static Element answer(HttpExecuteResponse response) throws IOException {
        int status = response.httpResponse().statusCode();
        byte[] body = new byte[0];
        if (response.responseBody().isPresent()) {
            try (InputStream in = response.responseBody().get()) {
                body = in.readAllBytes();
            }
        }
        Element answer = parsed(body);
        if (status / 100 != 2) {
            throw AwsServiceException.builder()
                    .statusCode(status)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode(text(answer, "Code"))
                            .errorMessage(text(answer, "Message"))
                            .build())
                    .build();
        }
        return answer;
    }

    private static Element parsed(byte[] xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("no answer of IAM", e);
        }
    }

    private static List<Element> elements(Element in, String name) {
        NodeList found = in.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    /** Those right below, not those of a list within a list. */
    private static List<Element> members(Element list) {
        return elements(list, "member").stream()
                .filter(each -> list.isSameNode(each.getParentNode()))
                .toList();
    }

    private static String text(Element in, String name) {
        return elements(in, name).stream()
                .findFirst()
                .map(Element::getTextContent)
                .orElse("");
    }
}
