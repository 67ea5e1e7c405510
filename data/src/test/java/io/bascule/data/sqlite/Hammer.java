package io.bascule.data.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;

/**
 * An application in a process of its own that writes to one database as fast as it is let, over one connection, and
 * prints a line for each write that was committed. Ends when its input does.
 */
final class Hammer {
    private Hammer() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        Path file = Path.of(arguments[0]);
        String name = arguments[1];
        while (!Files.exists(file)) {
            if (isOver()) {
                return;
            }
            LockSupport.parkNanos(1_000_000);
        }
        try (Connection connection = Shop.connect(file);
                PreparedStatement insert = connection.prepareStatement("INSERT INTO orders(what) VALUES(?)");
                PreparedStatement update =
                        connection.prepareStatement("UPDATE stock SET left = left + 1 WHERE sku = 'chair'")) {
            for (int n = 0; !isOver(); n++) {
                insert.setString(1, name + n);
                print("insert " + name + n, insert);
                print("update", update);
                LockSupport.parkNanos(500_000);
            }
        }
    }

    private static boolean isOver() throws IOException {
        return System.in.available() > 0;
    }

    private static void print(String done, PreparedStatement statement) throws SQLException {
        try {
            statement.executeUpdate();
            System.out.println(done);
        } catch (SQLException refused) {
            String why = String.valueOf(refused.getMessage());
            if (!why.contains("bascule: fenced")) {
                System.out.println("trouble " + why);
                throw refused;
            }
        }
    }
}
