package io.bascule.engine;

import io.bascule.core.run.RunId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One writer per resource among the runs of this store. The claim that counts lies on the resource itself. */
final class ClaimTable {

    /** The resources that another run holds. Empty: all are ours now; otherwise nothing new was claimed. */
    Map<String, RunId> claim(Connection connection, RunId run, Collection<String> resources) throws SQLException {
        Map<String, RunId> foreign = new TreeMap<>();
        for (String resource : resources) {
            Sql.query(connection, "select run from claim where resource=?", row -> row.getString(1), resource).stream()
                    .filter(holder -> !holder.equals(run.text()))
                    .forEach(holder -> foreign.put(resource, new RunId(holder)));
        }
        for (String resource : foreign.isEmpty() ? resources : List.<String>of()) {
            Sql.update(
                    connection,
                    "insert into claim(resource, run) values(?,?) on conflict do nothing",
                    resource,
                    run.text());
        }
        return foreign;
    }

    void release(Connection connection, RunId run) throws SQLException {
        Sql.update(connection, "delete from claim where run=?", run.text());
    }
}
