package io.bascule.app;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who gives an order, as the system knows it: the user of the operating system and the host. */
public final class Principal {
    private Principal() {}

    public static String here() {
        return "os:" + System.getProperty("user.name", "unknown") + "@" + host();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
