// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/certificates.hpp"
#include "support/server_account.hpp"
#include "support/server_process.hpp"
#include "support/server_template.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace steward::test {

/// A real MariaDB server of the test's own, with a database and a user that may do everything, both named steward.
///
/// What is committed survives `stop_hard`: the system keeps what the server wrote. It would not survive the machine.
class mariadb_server : public server_account {
public:
    /// The program; empty if it, or one that it needs to make its data folder, is not installed.
    [[nodiscard]] static std::string program()
    {
        return installer().empty() || find_program("my_print_defaults").empty()
                   ? std::string{}
                   : find_program("mariadbd", {"/usr/sbin", "/usr/local/sbin", "/usr/libexec"});
    }

    enum class tls { off, on };

    /// `options` are added to the server's own: {"--max-connections=5"}.
    explicit mariadb_server(tls with = tls::off, std::vector<std::string> options = {})
    {
        make_data_folder(data(), identity_of(program()) + options_text(), [this] {
            server_process::command command{installer(), "--no-defaults", "--auth-root-authentication-method=normal",
                                            "--skip-test-db"};
            add_options(command);
            server_.run(command);
        });
        if (with == tls::on) {
            const certificates made = certificates::make(server_);
            ca_file_ = made.authority;
            options.insert(options.end(),
                           {"--ssl-ca=" + made.authority, "--ssl-cert=" + made.certificate, "--ssl-key=" + made.key});
        }
        make_init_file();
        server_.start([this, options](int port) { return command(port, options); });
    }

    [[nodiscard]] int port() const noexcept { return server_.port(); }
    /// The authority that signed the server's certificate; empty without TLS.
    [[nodiscard]] const std::string& ca_file() const noexcept { return ca_file_; }

    /// In order: connections are closed, everything is written.
    void stop() noexcept { server_.stop(); }
    /// With SIGKILL.
    void stop_hard() noexcept { server_.stop_hard(); }
    /// On the same port and with the same data, after `stop` or `stop_hard`.
    void start_again() { server_.start_again(); }

    /// What the server wrote to its log.
    [[nodiscard]] std::string log() const { return server_.log(); }

private:
    static std::string installer() { return find_program("mariadb-install-db"); }

    [[nodiscard]] std::string data() const { return server_.file("data"); }

    /// Small files, and none outside of its folder; a commit is written to a file, which the system keeps.
    static const std::vector<std::string>& sizes()
    {
        static const std::vector<std::string> all{"--innodb-log-file-size=16M",
                                                  "--innodb-buffer-pool-size=32M",
                                                  "--innodb-flush-method=nosync",
                                                  "--innodb-flush-log-at-trx-commit=2",
                                                  "--sync-frm=0",
                                                  "--skip-name-resolve"};
        return all;
    }

    static std::string options_text()
    {
        std::string text;
        for (const std::string& option : sizes())
            text += option;
        return text;
    }

    void add_options(server_process::command& command) const
    {
        command.push_back("--datadir=" + data());
        command.push_back("--tmpdir=" + server_.folder());
        command.insert(command.end(), sizes().begin(), sizes().end());
    }

    /// It is read at each start.
    void make_init_file()
    {
        std::string quoted;
        for (const char letter : password())
            quoted += letter == '\'' || letter == '\\' ? std::string{'\\', letter} : std::string{letter};
        server_.write("init.sql", "create database if not exists steward;\n"
                                  "create user if not exists 'steward'@'%' identified by '"
                                      + quoted
                                      + "';\n"
                                        "grant all privileges on *.* to 'steward'@'%' with grant option;\n");
    }

    [[nodiscard]] server_process::command command(int port, const std::vector<std::string>& options) const
    {
        server_process::command result{program(), "--no-defaults"};
        add_options(result);
        result.insert(result.end(), {"--port=" + std::to_string(port), "--bind-address=127.0.0.1",
                                     "--socket=", "--init-file=" + server_.file("init.sql"), "--max-connections=50",
                                     "--character-set-server=utf8mb4", "--collation-server=utf8mb4_bin",
                                     // More than the 10 MB of a blob.
                                     "--max-allowed-packet=64M"});
        result.insert(result.end(), options.begin(), options.end());
        return result;
    }

    server_process server_{{.name = "MariaDB", .ready = "ready for connections"}};
    std::string ca_file_;
};

/// One for all tests of a process that neither stop it nor need it empty; started at the first call, from any thread.
[[nodiscard]] inline mariadb_server& shared_mariadb()
{
    static mariadb_server server;
    return server;
}

} // namespace steward::test
