// SPDX-License-Identifier: BSL-1.0
package peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Answers each line of the driver with a run of JMH. JMH keeps the compiler from removing what is measured, begins and
 * ends all threads together and warms up; it does so in this process (no forks), because repetitions of all peers are
 * mixed, and a machine that is started anew for each would never be warm.
 */
public final class Main {
    private static final Set<String> warm = new HashSet<>();

    private static String version() throws IOException {
        final Properties about = new Properties();
        try (InputStream in = Main.class.getResourceAsStream("/META-INF/maven/com.zaxxer/HikariCP/pom.properties")) {
            about.load(in);
        }
        return about.getProperty("version");
    }

    /** One measurement; returns leases in a second. */
    private static double run(String method, String[] words, long milliseconds, long computeNs, long blockNs)
            throws RunnerException {
        final boolean isWarm = !warm.add(method + " " + words[0] + " " + words[1]);
        final Options options = new OptionsBuilder()
                .include("^" + Leases.class.getName() + "\\." + method + "$")
                .forks(0)
                .threads(Integer.parseInt(words[1]))
                .param("slots", words[2])
                .param("computeNs", Long.toString(computeNs))
                .param("blockNs", Long.toString(blockNs))
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(isWarm ? milliseconds / 5 : 1000))
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(milliseconds))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        final RunResult result = new Runner(options).runSingle();
        return result.getPrimaryResult().getScore();
    }

    private static String answer(String line) throws RunnerException {
        final String[] words = line.split(" ");
        final long milliseconds = Long.parseLong(words[3]);
        final double rate;
        switch (words[0]) {
            case "hot_loop": // untimed for the throughput: a look at the clock takes time
                rate = run("untimed", words, milliseconds * 3 / 4, 0, 0);
                run("timed", words, milliseconds / 4, 0, 0);
                break;
            case "short_hold":
                rate = run("timed", words, milliseconds, 1_000, 0);
                break;
            case "crowded_computing":
                rate = run("timed", words, milliseconds, 5_000, 0);
                break;
            default: // long_hold, crowded_blocking
                rate = run("timed", words, milliseconds, 0, 100_000);
        }
        final Histogram waits = Leases.Waits.take();
        return String.format("{\"leases\": %d, \"busy_ns\": %d, \"max_ns\": %d, \"waits\": %s}",
                Math.round(rate * milliseconds / 1e3), milliseconds * 1_000_000, waits.longest(), waits.json());
    }

    public static void main(String[] arguments) throws IOException, RunnerException {
        final PrintStream driver = System.out;
        System.setOut(System.err); // what JMH says is not an answer
        driver.printf("{\"id\": \"HikariCP\", \"kind\": \"peer\", \"version\": \"%s\", \"language\": \"Java\"}%n", version());
        final BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine())
            driver.println(answer(line));
    }
}
