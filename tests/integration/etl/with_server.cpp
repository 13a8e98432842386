// SPDX-License-Identifier: BSL-1.0
//
// Starts a database server of its own, runs a command, and stops the server:
//   with_server postgresql|mysql COMMAND [ARGUMENT]...
// The command finds STEWARD_DATABASE (a URI) and STEWARD_HOST, _PORT, _USER, _PASSWORD in its environment.
// Exit status: the command's; 77 where the server is not installed.

#include "support/command.hpp"
#include "support/mariadb_server.hpp"
#include "support/postgresql_server.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

namespace {

template <class Server>
int run_with(const std::string& scheme, char** command)
{
    if (Server::program().empty()) {
        std::puts("skipped: the server is not installed");
        return 77;
    }
    const Server server;
    const std::string port = std::to_string(server.port());
    const std::string uri = scheme + "://" + Server::user() + ':' + steward::test::in_a_url(Server::password()) + '@'
                            + Server::host() + ':' + port + '/' + Server::database();
    ::setenv("STEWARD_DATABASE", uri.c_str(), 1);
    ::setenv("STEWARD_HOST", Server::host().c_str(), 1);
    ::setenv("STEWARD_PORT", port.c_str(), 1);
    ::setenv("STEWARD_USER", Server::user().c_str(), 1);
    ::setenv("STEWARD_PASSWORD", Server::password().c_str(), 1);
    return steward::test::run_command(command);
}

} // namespace

int main(int argc, char** argv)
{
    const std::string kind = argc > 2 ? argv[1] : "";
    try {
        if (kind == "postgresql")
            return run_with<steward::test::postgresql_server>(kind, argv + 2);
        if (kind == "mysql")
            return run_with<steward::test::mariadb_server>(kind, argv + 2);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "with_server: %s\n", error.what());
        return 1;
    }
    std::fputs("usage: with_server postgresql|mysql COMMAND [ARGUMENT]...\n", stderr);
    return 2;
}
