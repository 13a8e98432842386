// SPDX-License-Identifier: BSL-1.0
package peers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/** What JMH runs: leases of HikariCP's connections, without and with the time from asking to having. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Leases {

    @State(Scope.Benchmark)
    public static class Pool {
        @Param("1") public int slots;
        @Param("0") public long computeNs;
        @Param("0") public long blockNs;
        HikariDataSource source;

        @Setup(Level.Trial)
        public void open() throws InterruptedException {
            final HikariConfig config = new HikariConfig();
            config.setDataSource(new NoDatabase());
            config.setMaximumPoolSize(slots);
            source = new HikariDataSource(config);
            while (source.getHikariPoolMXBean().getTotalConnections() != slots) // it is filled beside
                Thread.sleep(1);
        }

        @TearDown(Level.Trial)
        public void close() {
            source.close();
        }
    }

    @State(Scope.Thread)
    public static class Waits {
        private static Histogram ofAll = new Histogram();
        private Histogram mine;

        @Setup(Level.Iteration)
        public void begin() {
            mine = new Histogram();
        }

        @TearDown(Level.Iteration)
        public void collect(IterationParams iteration) {
            if (iteration.getType() == IterationType.MEASUREMENT)
                synchronized (Waits.class) {
                    ofAll.add(mine);
                }
        }

        static synchronized Histogram take() {
            final Histogram result = ofAll;
            ofAll = new Histogram();
            return result;
        }
    }

    @Benchmark
    public void untimed(Pool pool, Blackhole sees) throws SQLException {
        try (Connection held = pool.source.getConnection()) {
            sees.consume(held);
        }
    }

    @Benchmark
    public void timed(Pool pool, Waits waits, Blackhole sees) throws SQLException {
        final long asked = System.nanoTime();
        try (Connection held = pool.source.getConnection()) {
            final long got = System.nanoTime();
            waits.mine.add(got - asked);
            sees.consume(held);
            if (pool.computeNs != 0)
                compute(pool.computeNs);
            if (pool.blockNs != 0)
                block(pool.blockNs);
        }
    }

    private static void compute(long ns) {
        final long began = System.nanoTime();
        while (System.nanoTime() - began < ns) {}
    }

    // Thread.sleep cannot sleep for less than a millisecond; parking may end early.
    private static void block(long ns) {
        final long end = System.nanoTime() + ns;
        for (long left = ns; left > 0; left = end - System.nanoTime())
            LockSupport.parkNanos(left);
    }
}
