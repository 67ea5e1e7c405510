package io.bascule.engine;

import io.bascule.core.run.RunEvent.IntentRecorded;
import io.bascule.core.run.RunEvent.OutcomeRecorded.Answer;
import io.bascule.core.run.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The world outside, in the test's own process, so that it outlives every worker. It counts effects, refuses what
 * comes too late, and at each request looks into the journal: a request without an intent is an offence.
 */
final class Receiver implements AutoCloseable {
    private final ServerSocket socket;
    private final JdbcStore store;
    private final Map<String, AtomicInteger> effects = new ConcurrentHashMap<>();
    private final Queue<String> offences = new ConcurrentLinkedQueue<>();
    private final Queue<String> late = new ConcurrentLinkedQueue<>();
    private volatile Consumer<String> announced = token -> {};

    Receiver(JdbcStore store) throws IOException {
        this.store = store;
        this.socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Called while a worker is inside its call, with the token; the request leaves after it returns. */
    void whenAnnounced(Consumer<String> hook) {
        announced = hook;
    }

    Map<String, AtomicInteger> effects() {
        return effects;
    }

    Queue<String> offences() {
        return offences;
    }

    Queue<String> late() {
        return late;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
                PrintWriter out = new PrintWriter(connection.getOutputStream(), true, StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(answer(line.split(" ")));
            }
        } catch (IOException e) {
            // The worker was killed: that is the test.
        }
    }

    private String answer(String[] words) {
        String token = words[1];
        return switch (words[0]) {
            case "IN" -> {
                announced.accept(token);
                yield "go on";
            }
            case "CALL" -> call(token, Instant.ofEpochMilli(Long.parseLong(words[2])));
            case "ASK" -> effects.containsKey(token) ? "yes" : "no";
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private String call(String token, Instant notAfter) {
        if (Instant.now().isAfter(notAfter)) {
            late.add(token);
            return "LATE";
        }
        boolean intended = store.journal(new RunId(token.split("/")[0])).stream()
                .anyMatch(entry -> entry.event() instanceof IntentRecorded intent
                        && intent.token().equals(token));
        if (!intended) {
            offences.add("no intent: " + token);
        }
        if (effects.computeIfAbsent(token, first -> new AtomicInteger()).incrementAndGet() > 1) {
            offences.add("twice: " + token);
        }
        return "DONE";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The receiver as a worker reaches it. */
    record Remote(int port) implements ScriptedTick.World {
        @Override
        public Answer call(String token, Instant notAfter) {
            try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port);
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
                    PrintWriter out = new PrintWriter(connection.getOutputStream(), true, StandardCharsets.UTF_8)) {
                out.println("IN " + token);
                in.readLine();
                out.println("CALL " + token + " " + notAfter.toEpochMilli());
                String answer = in.readLine();
                return answer == null ? Answer.UNKNOWN : answer.equals("DONE") ? Answer.DONE : Answer.REFUSED;
            } catch (IOException e) {
                return Answer.UNKNOWN;
            }
        }

        @Override
        public boolean happened(String token) {
            try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port);
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
                    PrintWriter out = new PrintWriter(connection.getOutputStream(), true, StandardCharsets.UTF_8)) {
                out.println("ASK " + token);
                return "yes".equals(in.readLine());
            } catch (IOException e) {
                throw new StoreTrouble("the receiver does not answer", e);
            }
        }
    }
}
