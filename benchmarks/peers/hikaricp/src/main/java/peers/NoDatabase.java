// SPDX-License-Identifier: BSL-1.0
package peers;

import java.io.PrintWriter;
import java.sql.Connection;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections to nothing, which cost nothing, so that what is measured is the pool. */
final class NoDatabase implements DataSource {
    @Override public Connection getConnection() { return new NoConnection(); }
    @Override public Connection getConnection(String user, String password) { return new NoConnection(); }
    @Override public PrintWriter getLogWriter() { return null; }
    @Override public void setLogWriter(PrintWriter out) {}
    @Override public void setLoginTimeout(int seconds) {}
    @Override public int getLoginTimeout() { return 0; }
    @Override public Logger getParentLogger() { return null; }
    @Override public <T> T unwrap(Class<T> type) { return null; }
    @Override public boolean isWrapperFor(Class<?> type) { return false; }
}
