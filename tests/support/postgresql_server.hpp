// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/certificates.hpp"
#include "support/server_account.hpp"
#include "support/server_process.hpp"
#include "support/server_template.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

namespace steward::test {

/// A real PostgreSQL server of the test's own, with a database and its superuser, both named steward.
///
/// What is committed survives `stop_hard`: the system keeps what the server wrote. It would not survive the machine.
class postgresql_server : public server_account {
public:
    /// The program; empty if it is not installed.
    [[nodiscard]] static std::string program()
    {
        const std::string file = find_program("postgres", debian_folders());
        return file.empty() || ::access(sibling(file, "initdb").c_str(), X_OK) != 0 ? std::string{} : file;
    }

    enum class tls { off, on };

    /// `settings` are added to the server's own: {"max_connections=5"}.
    explicit postgresql_server(tls with = tls::off, std::vector<std::string> settings = {})
    {
        make_data();
        if (with == tls::on) {
            const certificates made = certificates::make(server_);
            ca_file_ = made.authority;
            settings.insert(settings.end(),
                            {"ssl=on", "ssl_cert_file=" + made.certificate, "ssl_key_file=" + made.key});
        }
        server_.start([this, settings](int port) { return command(port, settings); });
    }
    ~postgresql_server() { forget_shared_memory(); }
    postgresql_server(const postgresql_server&) = delete;
    postgresql_server& operator=(const postgresql_server&) = delete;

    [[nodiscard]] int port() const noexcept { return server_.port(); }
    /// The authority that signed the server's certificate; empty without TLS.
    [[nodiscard]] const std::string& ca_file() const noexcept { return ca_file_; }

    /// In order: connections are closed, everything is written.
    void stop() noexcept { server_.stop(); }
    /// With SIGKILL, its backends too.
    void stop_hard() noexcept { server_.stop_hard(); }
    /// On the same port and with the same data, after `stop` or `stop_hard`.
    void start_again() { server_.start_again(); }

    /// What the server wrote to its log.
    [[nodiscard]] std::string log() const { return server_.log(); }

private:
    /// Debian has its programs in a folder for each version: the newest first.
    static std::vector<std::string> debian_folders()
    {
        std::vector<int> versions;
        std::error_code none;
        for (const auto& entry : std::filesystem::directory_iterator{"/usr/lib/postgresql", none})
            versions.push_back(std::atoi(entry.path().filename().c_str()));
        std::sort(versions.rbegin(), versions.rend());
        std::vector<std::string> folders;
        for (const int version : versions)
            folders.push_back("/usr/lib/postgresql/" + std::to_string(version) + "/bin");
        return folders;
    }

    static std::string sibling(const std::string& file, const std::string& name)
    {
        return (std::filesystem::path{file}.parent_path() / name).string();
    }

    [[nodiscard]] std::string data() const { return server_.file("data"); }

    void make_data()
    {
        const std::string made_from = identity_of(program()) + password() + " C.UTF-8 1";
        make_data_folder(data(), made_from, [this] {
            const std::string secret = server_.write("password", password());
            const std::string sql = server_.write("create.sql", "create database steward;\n");
            server_.run({sibling(program(), "initdb"), "--pgdata", data(), "--username", user(), "--auth",
                         "scram-sha-256", "--pwfile", secret, "--locale", "C.UTF-8", "--encoding", "UTF8",
                         "--no-sync"});
            server_.run({"/bin/sh", "-c", R"("$1" --single -F -D "$2" postgres <"$3")", "sh", program(), data(), sql});
        });
    }

    [[nodiscard]] server_process::command command(int port, const std::vector<std::string>& settings) const
    {
        server_process::command result{program(), "-D", data(), "-p", std::to_string(port)};
        const auto add = [&](const std::string& setting) { result.insert(result.end(), {"-c", setting}); };
        for (const char* const setting :
             {"listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=50", "shared_buffers=32MB",
              // What the system keeps is enough here; what is committed is written before it is said to be.
              "fsync=off", "full_page_writes=off", "synchronous_commit=on",
              // Files in the data folder, which go with it.
              "dynamic_shared_memory_type=mmap"})
            add(setting);
        for (const std::string& setting : settings)
            add(setting);
        return result;
    }

    /// A few bytes of System V memory, by which a server knows that a killed one's backends are still there, are left when
    /// it is killed; another start would remove them.
    void forget_shared_memory() noexcept
    {
        server_.stop_hard();
        std::ifstream left{data() + "/postmaster.pid"};
        std::string line;
        for (int number = 1; number <= 7 && std::getline(left, line); ++number)
            ;
        int key = 0, id = 0;
        if (std::sscanf(line.c_str(), "%d %d", &key, &id) == 2)
            ::shmctl(id, IPC_RMID, nullptr);
    }

    server_process server_{{.name = "PostgreSQL",
                            .ready = "database system is ready to accept connections",
                            .stop_signal = SIGINT,
                            .end_signal = SIGQUIT}};
    std::string ca_file_;
};

/// One for all tests of a process that neither stop it nor need it empty; started at the first call, from any thread.
[[nodiscard]] inline postgresql_server& shared_postgresql()
{
    static postgresql_server server;
    return server;
}

} // namespace steward::test
