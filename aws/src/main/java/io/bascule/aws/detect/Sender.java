package io.bascule.aws.detect;

import io.bascule.aws.api.Call;
import io.bascule.aws.api.Calls;
import io.bascule.aws.api.Clients;
import io.bascule.core.plan.Settings;
import io.bascule.core.port.Deadline;
import software.amazon.awssdk.services.sesv2.model.GetAccountResponse;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.SendQuota;

/** Whether mail of a channel will leave: the account's sandbox, its quota, and the sender's verification. */
final class Sender {
    /** A run with its reminders and reports sends fewer; below it, mail may stop half way. */
    static final int MAILS = 100;

    private final Settings means;
    private final Clients clients;
    private final Calls calls;
    private final Looked looked;

    Sender(String channel, Settings means, Clients clients, Calls calls) {
        this.means = means;
        this.clients = clients;
        this.calls = calls;
        this.looked = new Looked("sender " + channel, means);
    }

    Looked look(Deadline deadline) {
        String region = means.need("region");
        switch (calls.send(
                deadline, within -> clients.mail(region).getAccount(get -> get.overrideConfiguration(within)))) {
            case Call.Answered<GetAccountResponse>(var account) -> account(account);
            case Call<GetAccountResponse> other -> looked.unknown("sandbox and quota", other.why());
        }
        String from = means.need("from");
        Call<GetEmailIdentityResponse> identity = identity(region, from, deadline);
        if (isMissing(identity)) {
            identity = identity(region, from.substring(from.indexOf('@') + 1), deadline);
        }
        switch (identity) {
            case Call.Answered<GetEmailIdentityResponse>(var answer)
            when Boolean.TRUE.equals(answer.verifiedForSendingStatus()) -> looked.saw(from + " verified");
            case Call.Answered<GetEmailIdentityResponse> _ -> looked.found("sender", from + " is not verified");
            case Call<GetEmailIdentityResponse> other
            when isMissing(other) -> looked.found("sender", "SES knows neither " + from + " nor its domain");
            case Call<GetEmailIdentityResponse> other -> looked.unknown("verification of " + from, other.why());
        }
        return looked;
    }

    private Call<GetEmailIdentityResponse> identity(String region, String identity, Deadline deadline) {
        return calls.send(
                deadline,
                within -> clients.mail(region)
                        .getEmailIdentity(get -> get.emailIdentity(identity).overrideConfiguration(within)));
    }

    private static boolean isMissing(Call<?> call) {
        return call instanceof Call.Rejected<?> rejected && rejected.code().startsWith("NotFound");
    }

    private void account(GetAccountResponse account) {
        if (Boolean.FALSE.equals(account.sendingEnabled())) {
            looked.found("sending", "sending is switched off for the account");
        }
        if (Boolean.FALSE.equals(account.productionAccessEnabled())) {
            looked.found("sandbox", "the account is in SES's sandbox: only verified addresses get mail");
        }
        SendQuota quota = account.sendQuota();
        if (quota == null || quota.max24HourSend() == null || quota.sentLast24Hours() == null) {
            looked.unknown("the quota of mail", "SES does not tell it");
        } else if (quota.max24HourSend() >= 0) {
            long left = (long) (quota.max24HourSend() - quota.sentLast24Hours());
            looked.saw(left + " mails left today");
            if (left < MAILS) {
                looked.found("mail-quota", left + " mails are left of today's quota, fewer than " + MAILS);
            }
        }
    }
}
