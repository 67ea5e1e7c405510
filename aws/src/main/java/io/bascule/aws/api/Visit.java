package io.bascule.aws.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One GET to one address by a name of its own: the JDK's client cannot be told where a name leads. The certificate is
 * held against the name. Reads the head of the answer only.
 */
public final class Visit {
    private static final int LINES_MOST = 200;

    private Visit() {}

    /** @param headers names in lower case, the last value of each */
    public record Answer(int status, Map<String, String> headers) {
        public Answer {
            headers = Map.copyOf(headers);
        }

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /** @throws IOException when it is not answered within the time */
    public static Answer get(URI uri, InetAddress address, Map<String, String> headers, Duration within)
            throws IOException {
        if (within.isNegative() || within.isZero()) {
            throw new SocketTimeoutException("no time is left");
        }
        boolean secure = "https".equals(uri.getScheme());
        int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
        int millis = (int) Math.min(within.toMillis(), 10_000);
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address, port), millis);
            plain.setSoTimeout(millis);
            if (!secure) {
                return exchange(plain, uri, headers);
            }
            try (Socket socket = secured(plain, uri.getHost(), port)) {
                return exchange(socket, uri, headers);
            }
        }
    }

    private static Socket secured(Socket plain, String host, int port) throws IOException {
        Socket socket = ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true);
        if (socket instanceof SSLSocket tls) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setServerNames(List.of(new SNIHostName(host)));
            tls.setSSLParameters(parameters);
            tls.startHandshake();
        }
        return socket;
    }

    private static Answer exchange(Socket socket, URI uri, Map<String, String> headers) throws IOException {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nUser-Agent: bascule\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        return head(reader);
    }

    private static Answer head(BufferedReader reader) throws IOException {
        String status = reader.readLine();
        if (status == null || !status.matches("HTTP/1\\.[01] \\d{3}.*")) {
            throw new IOException("no answer of HTTP");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        String line = reader.readLine();
        for (int i = 0; line != null && !line.isEmpty() && i < LINES_MOST; i++) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
            line = reader.readLine();
        }
        return new Answer(Integer.parseInt(status.substring(9, 12)), headers);
    }
}
