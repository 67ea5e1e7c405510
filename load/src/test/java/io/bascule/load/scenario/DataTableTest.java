package io.bascule.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataTableTest {

    @Test
    void quotes_commas_and_line_ends_within_values_are_understood() {
        var faults = new ArrayList<DataTable.Fault>();
        DataTable table = DataTable.ofCsv(
                "\uFEFFuser,note\r\nana,\"a,b\"\r\n\r\nben,\"say \"\"hi\"\"\nthere\"\r\n", false, faults);
        assertThat(faults).isEmpty();
        assertThat(table.columns()).containsExactly("user", "note");
        assertThat(table.rows()).containsExactly(List.of("ana", "a,b"), List.of("ben", "say \"hi\"\nthere"));
    }

    @Test
    void rows_come_in_turn_and_again() {
        DataTable table = DataTable.ofCsv("n\n1\n2\n3\n", false, new ArrayList<>());
        assertThat(table.row(0, 9)).isEqualTo(Map.of("n", "1"));
        assertThat(table.row(4, 9)).isEqualTo(Map.of("n", "2"));
    }

    @Test
    void wrong_csv_is_told_line_by_line() {
        assertThat(faults("")).containsExactly("1: the file is empty; its first line names the columns");
        assertThat(faults("a,a\n1,2\n"))
                .containsExactly("1: the column 'a' is there twice", "1: the column 'a' is there twice");
        assertThat(faults("a b\n1\n")).singleElement().asString().contains("is no name of a column");
        assertThat(faults("a\n")).containsExactly("1: there is no row below the columns' names");
        assertThat(faults("a,b\n1,2\n3\n4,5,6\n"))
                .containsExactly(
                        "3: expected 2 values as in the first line, found 1",
                        "4: expected 2 values as in the first line, found 3");
        assertThat(faults("a\nx\"y\n")).singleElement().asString().startsWith("2: a quote stands within a value");
        assertThat(faults("a\n\"x\n")).contains("2: a quote is never closed");
        assertThat(faults("a,b\n" + "1\n".repeat(100))).as("ten are enough").hasSize(10);
    }

    private static List<String> faults(String csv) {
        var faults = new ArrayList<DataTable.Fault>();
        DataTable.ofCsv(csv, false, faults);
        return faults.stream().map(fault -> fault.line() + ": " + fault.what()).toList();
    }
}
