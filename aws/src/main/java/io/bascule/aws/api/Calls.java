package io.bascule.aws.api;

import io.bascule.core.port.Deadline;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes single calls, each within its deadline and without a retry: whoever asks decides what follows from an answer
 * that did not come. Safe for threads.
 */
public final class Calls {
    /** Errors with a status of 400 that pass by themselves. */
    private static final Set<String> BUSY = Set.of(
            "PriorRequestNotComplete",
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestLimitExceeded",
            "TooManyRequestsException",
            "TooManyUpdates",
            "ConcurrentModification",
            "LimitExceededException");

    private final InstantSource clock;

    public Calls(InstantSource clock) {
        this.clock = clock;
    }

    public InstantSource clock() {
        return clock;
    }

    /** Sends with the time that is left; {@code send} must put what it is handed on its request. */
    public <T> Call<T> send(Deadline deadline, Function<AwsRequestOverrideConfiguration, T> send) {
        Duration left = deadline.left(clock.instant());
        if (left.isZero()) {
            return new Call.NotSent<>("no time is left to ask AWS");
        }
        if (Thread.currentThread().isInterrupted()) {
            return new Call.NotSent<>("interrupted before AWS was asked");
        }
        try {
            return new Call.Answered<>(send.apply(AwsRequestOverrideConfiguration.builder()
                    .apiCallTimeout(left)
                    .apiCallAttemptTimeout(left)
                    .build()));
        } catch (AwsServiceException e) {
            return answered(e);
        } catch (SdkException e) {
            return failed(e);
        }
    }

    private static <T> Call<T> answered(AwsServiceException e) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(e.awsErrorDetails());
        String code = details.map(AwsErrorDetails::errorCode).orElse("");
        String told = code + ": " + details.map(AwsErrorDetails::errorMessage).orElseGet(e::toString);
        if (e.isThrottlingException() || BUSY.contains(code)) {
            return new Call.Rejected<>(code, told, true);
        }
        if (e.statusCode() >= 500) {
            return new Call.Lost<>("status " + e.statusCode() + ", " + told);
        }
        return new Call.Rejected<>(code, told, false);
    }

    private static <T> Call<T> failed(SdkException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return new Call.NotSent<>("AWS was not reached: " + cause.getMessage());
            }
        }
        boolean unsigned = e instanceof SdkClientException
                && String.valueOf(e.getMessage()).startsWith("Unable to load credentials");
        return unsigned
                ? new Call.NotSent<>("no credentials: " + e.getMessage())
                : new Call.Lost<>(String.valueOf(e.getMessage()));
    }
}
