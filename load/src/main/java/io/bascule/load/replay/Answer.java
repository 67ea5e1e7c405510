package io.bascule.load.replay;

import io.bascule.load.LoadResponse;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What one side answered to one request.
 *
 * @param status 0 if no answer came
 * @param error why none came, as the kind's label; empty if one did
 * @param headers name and value in turn, names in small letters
 * @param body its first 64 KiB
 * @param bodyBytes the size of all of it
 */
record Answer(int status, String error, List<String> headers, String body, long bodyBytes) {

    static Answer of(LoadResponse response) {
        Integer status = response.status();
        boolean came = response.bodyComplete();
        return new Answer(
                came && status != null ? status : 0,
                came ? "" : String.valueOf(response.error()),
                response.headers().flat(),
                new String(bytes(response), StandardCharsets.UTF_8),
                response.bodyBytes());
    }

    private static byte[] bytes(LoadResponse response) {
        byte[] bytes = new byte[response.body().remaining()];
        response.body().get(bytes);
        return bytes;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(status);
        out.writeUTF(error);
        out.writeInt(headers.size());
        for (String each : headers) {
            text(out, each);
        }
        text(out, body);
        out.writeLong(bodyBytes);
    }

    static Answer read(DataInput in) throws IOException {
        int status = in.readInt();
        String error = in.readUTF();
        int count = in.readInt();
        var headers = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            headers.add(text(in));
        }
        return new Answer(status, error, headers, text(in), in.readLong());
    }

    private static void text(DataOutput out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
