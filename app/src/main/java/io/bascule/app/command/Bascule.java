package io.bascule.app.command;

import io.bascule.app.ExitCode;
import io.bascule.app.UserMistake;
import io.bascule.app.Version;
import io.bascule.engine.NoSuchRun;
import io.bascule.engine.StoreTrouble;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of the command line. */
@Command(
        name = "bascule",
        description = "Takes a live web application from where it runs to where it is moving, with the way back open.",
        version = "bascule " + Version.TEXT,
        mixinStandardHelpOptions = true)
public final class Bascule {
    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            WorldCommand.class,
            WorldProcessCommand.class,
            TrainCommand.class,
            InitCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            PlanCommand.class,
            RehearseCommand.class,
            RunCommand.class,
            StatusCommand.class,
            WatchCommand.class,
            OrderCommands.Approve.class,
            OrderCommands.Reject.class,
            OrderCommands.Hold.class,
            OrderCommands.Resume.class,
            OrderCommands.Retry.class,
            OrderCommands.Skip.class,
            OrderCommands.Abort.class,
            OrderCommands.Rollback.class,
            OrderCommands.Ack.class,
            OrderCommands.Note.class,
            JournalCommand.class,
            ReportCommand.class,
            LoadCommand.class,
            CompareCommand.class,
            ReplayCommand.class,
            AwsCommand.class);

    /** Runs one command line and answers its exit code; nothing is thrown. */
    public static int execute(String... arguments) {
        CommandLine line = new CommandLine(new Bascule());
        asked(arguments).forEach(line::addSubcommand);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((e, command, _) -> told(e, command));
        line.setParameterExceptionHandler((e, _) -> {
            PrintWriter err = e.getCommandLine().getErr();
            err.println("bascule: " + e.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
            err.println("'bascule " + path(e.getCommandLine()) + "--help' tells what it takes");
            return ExitCode.FAULTY_INPUT;
        });
        if (arguments.length == 0) {
            line.usage(line.getOut());
            return ExitCode.FAULTY_INPUT;
        }
        return line.execute(arguments);
    }

    /** The one command that is named first; all of them where it is not plain which: building their options takes longest. */
    private static List<Class<?>> asked(String... arguments) {
        Optional<Class<?>> one = COMMANDS.stream()
                .filter(command -> arguments.length > 0
                        && command.getAnnotation(Command.class).name().equals(arguments[0]))
                .findFirst();
        return one.<List<Class<?>>>map(List::of).orElse(COMMANDS);
    }

    private static String path(CommandLine command) {
        return command.getParent() == null ? "" : command.getCommandName() + " ";
    }

    private static int told(Exception e, CommandLine command) {
        PrintWriter err = command.getErr();
        return switch (e) {
            case UserMistake mistake -> {
                err.println("bascule: " + mistake.getMessage());
                yield mistake.exitCode();
            }
            case NoSuchRun _ -> {
                err.println("bascule: " + e.getMessage() + "; 'bascule status' lists the runs");
                yield ExitCode.FAULTY_INPUT;
            }
            case StoreTrouble trouble -> {
                err.println("bascule: " + trouble.getMessage());
                yield ExitCode.ERROR;
            }
            default -> {
                err.println("bascule: " + e + "; BASCULE_TRACE=1 shows where");
                if (System.getenv("BASCULE_TRACE") != null) {
                    e.printStackTrace(err);
                }
                yield ExitCode.ERROR;
            }
        };
    }
}
