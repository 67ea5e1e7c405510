package io.bascule.embedded.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Accepts connections and does with each what the test says, on a thread of its own. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket listener;
    private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());

    @FunctionalInterface
    public interface Behaviour {
        void meet(Socket socket) throws Exception;
    }

    public RawServer(Behaviour behaviour) throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try {
                    Socket socket = listener.accept();
                    open.add(socket);
                    Thread.ofVirtual().start(() -> meet(behaviour, socket));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private static void meet(Behaviour behaviour, Socket socket) {
        try (socket) {
            behaviour.meet(socket);
        } catch (Exception _) {
            // the peer has gone, or the test is over
        }
    }

    /** Reads the next request's head but for health checks, which it answers. Empty at the end of the connection. */
    public static String head(Socket socket) throws IOException {
        String head = anyHead(socket);
        while (head.startsWith("GET /health")) {
            say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            head = anyHead(socket);
        }
        if (head.isEmpty()) {
            throw new IOException("the peer has gone");
        }
        return head;
    }

    private static String anyHead(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                return "";
            }
            head.append((char) b);
        }
        return head.toString();
    }

    public static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : List.copyOf(open)) {
            socket.close();
        }
    }
}
