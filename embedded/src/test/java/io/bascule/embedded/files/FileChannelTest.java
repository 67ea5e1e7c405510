package io.bascule.embedded.files;

import io.bascule.core.port.Channel;
import io.bascule.testkit.ChannelConformance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class FileChannelTest extends ChannelConformance {
    @TempDir
    Path folder;

    @Override
    protected Channel channel() {
        return new FileChannel(folder.resolve("messages"));
    }

    @Override
    protected List<String> arrived() throws Exception {
        List<String> texts = new ArrayList<>();
        try (var files = Files.list(folder.resolve("messages"))) {
            for (Path file : files.toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }
}
