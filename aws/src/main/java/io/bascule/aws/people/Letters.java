package io.bascule.aws.people;

import io.bascule.core.port.Message;

/** A message as text. */
final class Letters {
    private Letters() {}

    static String body(Message message) {
        return message.subject() + "\n\n" + message.body() + "\n\nYou get this because " + message.why() + ".\nKey: "
                + message.key() + "\n";
    }
}
