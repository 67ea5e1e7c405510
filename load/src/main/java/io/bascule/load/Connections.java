package io.bascule.load;

import io.bascule.load.Exchange.Phase;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's connections. A request takes an idle one, else opens its own below the cap, else waits in line. The
 * most recently used goes out first and the others age, to be closed before a server's keep-alive limit (5 s where it is
 * short) can close one under a request.
 */
final class Connections {

    private static final long IDLE_NANOS_MAX = TimeUnit.SECONDS.toNanos(4);

    private final EventLoop eventLoop;
    private final TargetAddress address;
    private final LoadLoop loop;
    private final Bootstrap bootstrap;
    private final ReadBuffer readBuffer = new ReadBuffer();
    private final ByteBufAllocator buffers;
    private final long bodyBytesMax;
    private final long lifetimeNanos;
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
    private final Set<Connection> connected = new HashSet<>();
    private final @Nullable Streams streams;
    private int cap;
    private int opening;

    Connections(LoadPlan plan, int cap, EventLoop eventLoop, LoadLoop loop) {
        LoadProfile profile = plan.profile();
        this.cap = cap;
        this.eventLoop = eventLoop;
        this.address = plan.address();
        this.loop = loop;
        streams = plan.pipeline().http2() ? new Streams() : null;
        bodyBytesMax = profile.wire().bodyBytesMax();
        Duration lifetime = profile.wire().lifetime();
        lifetimeNanos = lifetime == null ? Long.MAX_VALUE : lifetime.toNanos();
        buffers = LoopBuffers.of(eventLoop);
        bootstrap = new Bootstrap()
                .group(eventLoop)
                .channel(Transport.socketChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, buffers)
                .option(ChannelOption.RECVBUF_ALLOCATOR, readBuffer)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.clamp(profile.connectTimeOut().toMillis(), 1, Integer.MAX_VALUE))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        plan.pipeline().init(channel, Connections.this, loop);
                    }
                });
    }

    long bodyBytesMax() {
        return bodyBytesMax;
    }

    /** Sends the request now, or as soon as a connection allows. */
    void send(Exchange exchange) {
        waiting.add(exchange);
        serveWaiting();
    }

    /** The connection's request is answered and the next may follow. */
    void released(Connection connection, long now) {
        if (now - connection.bornNanos() > lifetimeNanos) {
            connection.close();
        } else {
            connection.idleSince(now);
            idle.push(connection);
        }
        serveWaiting();
    }

    /** The connection is closed. */
    void lost(Connection connection) {
        connected.remove(connection);
        idle.remove(connection);
        Channel parent = connection.parent();
        if (streams != null && parent != null) {
            streams.closed(parent);
        }
        serveWaiting();
    }

    /** Closes what has been idle for long. */
    void closeAged(long now) {
        while (!idle.isEmpty() && now - idle.getLast().idleSinceNanos() > IDLE_NANOS_MAX) {
            idle.removeLast().close();
        }
    }

    /** Closes everything for good. */
    void close() {
        waiting.clear();
        idle.clear();
        Set.copyOf(connected).forEach(Connection::close);
        readBuffer.close();
        LoopBuffers.close(buffers);
        if (streams != null) {
            streams.close();
        }
    }

    private void serveWaiting() {
        while (!waiting.isEmpty()) {
            if (waiting.getFirst().done()) {
                waiting.removeFirst();
            } else if (!idle.isEmpty()) {
                sendOver(idle.pop(), waiting.removeFirst());
            } else if (connected.size() + opening < cap) {
                open(waiting.removeFirst());
            } else {
                return;
            }
        }
    }

    private void sendOver(Connection connection, Exchange exchange) {
        if (connection.usable()) {
            long now = System.nanoTime();
            loop.attempted(exchange, now);
            connection.send(exchange, now);
        } else {
            waiting.addFirst(exchange);
        }
    }

    private void open(Exchange exchange) {
        opening++;
        loop.attempted(exchange, System.nanoTime());
        if (streams != null) {
            Channel parent = streams.available();
            if (parent != null) {
                stream(streams, parent, exchange);
                return;
            }
            exchange.phase(Phase.CONNECTING);
            if (streams.waits(exchange)) {
                return;
            }
        }
        exchange.phase(Phase.RESOLVING);
        var _ = address.find(eventLoop)
                .addListener(found -> loop.guarded(() -> {
                    if (found.isSuccess()) {
                        connect(exchange, (InetSocketAddress) found.getNow());
                    } else {
                        notOpened(exchange, ErrorKind.DNS);
                    }
                }));
    }

    private void connect(Exchange exchange, InetSocketAddress to) {
        if (!exchange.done()) {
            exchange.phase(Phase.CONNECTING);
        }
        var opened = bootstrap.connect(to);
        var _ = opened.addListener(connect -> loop.guarded(() -> {
            if (connect.isSuccess()) {
                secured(exchange, opened.channel());
            } else if (connect.cause() instanceof ChannelException || connect.cause() instanceof BindException) {
                socketsExhausted(exchange);
            } else {
                boolean late = connect.cause() instanceof ConnectTimeoutException;
                notOpened(exchange, late ? ErrorKind.CONNECT_TIMEOUT : ErrorKind.CONNECT_REFUSED);
            }
        }));
    }

    private void secured(Exchange exchange, Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            ready(exchange, channel);
            return;
        }
        var _ = tls.handshakeFuture()
                .addListener(shake -> loop.guarded(() -> {
                    if (!shake.isSuccess()) {
                        var _ = channel.close();
                        notOpened(exchange, Pipeline.kindOf(shake.cause()));
                    } else if (Pipeline.isOutOfDate(tls.engine().getSession())) {
                        var _ = channel.close();
                        notOpened(exchange, ErrorKind.TLS_CERTIFICATE);
                    } else if (streams != null && !"h2".equals(tls.applicationProtocol())) {
                        var _ = channel.close();
                        notOpened(exchange, ErrorKind.PROTOCOL);
                    } else {
                        ready(exchange, channel);
                    }
                }));
    }

    private void ready(Exchange exchange, Channel channel) {
        if (streams == null) {
            opened(exchange, channel.pipeline().get(Connection.class));
            return;
        }
        List<Exchange> others = streams.opened(channel);
        stream(streams, channel, exchange);
        others.forEach(other -> {
            opening--;
            if (!other.done()) {
                loop.deferred(other);
                waiting.addLast(other);
            }
        });
        serveWaiting();
    }

    private void stream(Streams over, Channel parent, Exchange exchange) {
        var _ = over.stream(parent, this, loop)
                .addListener(opened -> loop.guarded(() -> {
                    if (opened.isSuccess()) {
                        var stream = (Channel) opened.getNow();
                        opened(exchange, stream.pipeline().get(Connection.class));
                    } else {
                        over.closed(parent);
                        notOpened(exchange, ErrorKind.PREMATURE_CLOSE);
                    }
                }));
    }

    private void opened(Exchange exchange, Connection connection) {
        opening--;
        connected.add(connection);
        if (!exchange.done()) {
            connection.send(exchange, System.nanoTime());
        } else if (streams == null) {
            released(connection, System.nanoTime());
        } else {
            connection.close();
        }
    }

    private void notOpened(Exchange exchange, ErrorKind kind) {
        opening--;
        loop.failed(exchange, kind);
        if (streams != null) {
            streams.settled().forEach(other -> {
                opening--;
                loop.failed(other, kind);
            });
        }
        serveWaiting();
    }

    /** This machine has no socket left, which is a cap like any other: the request waits for a connection to come free. */
    private void socketsExhausted(Exchange exchange) {
        opening--;
        if (streams != null) {
            streams.settled().forEach(other -> {
                opening--;
                loop.failed(other, ErrorKind.CONNECT_REFUSED);
            });
        }
        cap = Math.max(1, connected.size() + opening);
        if (!exchange.done()) {
            loop.deferred(exchange);
            waiting.addFirst(exchange);
        }
    }
}
