package io.bascule.embedded.frontdoor;

import io.bascule.embedded.http.HttpService;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The entrance: an HTTP/1.1 reverse proxy that divides traffic between two sides by weight, parks writes under a lease,
 * and counts what passes. It does what its control API tells it and nothing by its own judgement. HTTP/2, upgrades and
 * TLS are not spoken here.
 *
 * <p>Example: {@code try (FrontDoor door = FrontDoor.start(config)) { … door.uri() … }}. Safe for threads.
 */
public final class FrontDoor implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(FrontDoor.class.getName());
    private static final long TICK_MILLIS = 20;
    private static final int LOOPS = 2;

    private final EventLoopGroup group;
    private final ChannelGroup clients;
    private final Channel listener;
    private final HttpService control;
    private final HealthWatch health;
    private final DoorState state;

    private FrontDoor(
            EventLoopGroup group,
            ChannelGroup clients,
            Channel listener,
            HttpService control,
            HealthWatch health,
            DoorState state) {
        this.group = group;
        this.clients = clients;
        this.listener = listener;
        this.control = control;
        this.health = health;
        this.state = state;
    }

    /**
     * Comes back with the weights, lease and claim it had, and listens.
     *
     * @throws IOException when an address is taken or the state file cannot be understood
     */
    public static FrontDoor start(FrontDoorConfig config) throws IOException {
        return start(config, InstantSource.system());
    }

    static FrontDoor start(FrontDoorConfig config, InstantSource clock) throws IOException {
        DoorState state = new DoorState(config, clock, new StateFile(config.stateFile()));
        Meter meter = new Meter(clock);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                LOOPS, new DefaultThreadFactory("front-door", true), NioIoHandler.newFactory());
        ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        HealthWatch health = new HealthWatch(config);
        try {
            Channel listener = listen(new Door(config, state, meter), group, clients);
            HttpService control = control(config, new ControlApi(config, state, meter, health), listener);
            tick(group, state);
            return new FrontDoor(group, clients, listener, control, health, state);
        } catch (IOException e) {
            health.close();
            stop(group);
            throw e;
        }
    }

    private static Channel listen(Door door, EventLoopGroup group, ChannelGroup clients) throws IOException {
        Map<EventExecutor, Loop> loops = new HashMap<>();
        for (EventExecutor executor : group) {
            Loop loop = new Loop((EventLoop) executor, door.config());
            loops.put(executor, loop);
            loop.start();
        }
        var bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        Loop loop = loops.get(channel.eventLoop());
                        if (loop == null) {
                            throw new IllegalStateException("a channel on a foreign loop");
                        }
                        clients.add(channel);
                        channel.pipeline()
                                .addLast(new HttpServerCodec(16 * 1024, 64 * 1024, 64 * 1024))
                                .addLast(new FlowControlHandler())
                                .addLast(new ClientConnection(door, loop));
                    }
                })
                .bind(door.config().listen())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + door.config().listen(), bound.cause());
        }
        return bound.channel();
    }

    private static HttpService control(FrontDoorConfig config, ControlApi api, Channel listener) throws IOException {
        try {
            return HttpService.start("front-door-control", config.control(), api);
        } catch (IOException e) {
            listener.close().awaitUninterruptibly();
            throw e;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the group
    private static void tick(EventLoopGroup group, DoorState state) {
        group.scheduleWithFixedDelay(
                () -> {
                    try {
                        state.tick();
                    } catch (IOException e) {
                        LOG.log(Level.WARNING, "the front door's state cannot be saved", e);
                    }
                },
                TICK_MILLIS,
                TICK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Where users come in. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) listener.localAddress()).getPort());
    }

    public URI controlUri() {
        return control.uri();
    }

    /** Writes parked now. */
    public long parked() {
        return state.standing().parked();
    }

    /** Stops listening and breaks off what is under way; parked writes are dropped unsent, their clients see it. */
    @Override
    public void close() {
        health.close();
        listener.close().awaitUninterruptibly();
        clients.close().awaitUninterruptibly();
        control.close();
        stop(group);
    }

    private static void stop(EventLoopGroup group) {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
