// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "common_sql.hpp"
#include "support/server_account.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steward::test {

/// What the descriptions of a backend with a server share: one server of the test's process.
template <class Settings, class Tls, class Server>
class server_backend : public common_sql {
public:
    server_backend(const server_backend&) = delete;
    server_backend& operator=(const server_backend&) = delete;

    [[nodiscard]] static std::string missing()
    {
        return Server::program().empty() ? "the server is not installed: scripts/setup.sh test" : std::string{};
    }
    [[nodiscard]] Settings settings() const { return settings_of(server_, database_); }
    /// A server finds out by itself who waits for whom.
    static void wait_briefly(Settings&) {}

    [[nodiscard]] static std::string secret() { return Server::password(); }
    static constexpr std::array<std::string_view, 5> parts_of_secret{"Pa$$", "w'ord", "w\\'ord", "tricks", "Pa%24"};

protected:
    server_backend(const Server& server, std::string database) : server_{server}, database_{std::move(database)} {}
    ~server_backend() = default;

    [[nodiscard]] static Settings settings_of(const Server& server, const std::string& database)
    {
        auto result = test::settings_of<Settings>(server);
        result.database = database;
        result.tls = Tls::off;
        return result;
    }
    [[nodiscard]] const std::string& database() const noexcept { return database_; }
    [[nodiscard]] const Server& server() const noexcept { return server_; }

    /// `scheme` is what a connection string begins with.
    [[nodiscard]] std::vector<Settings> wrong_settings_with(const std::string& scheme) const
    {
        std::vector<Settings> all(6, settings());
        all[0].password += "x";
        all[1].database = "nowhere";
        all[2].tls = Tls::require; // which the server has not
        all[3].user = "nobody";
        all[4].host = "host.invalid";
        all[5].port = 1;
        for (const char* const rest : {"@127.0.0.1:1/nowhere", "@127.0.0.1:many/steward", "@[127.0.0.1/steward", "@"})
            for (const std::string& password : {in_a_url(Server::password()), Server::password()})
                all.push_back(connected_by(scheme + "://steward:" + password + rest));
        for (const std::string& connection :
             {"password=" + Server::password(), "password='" + Server::password() + "' port=x", Server::password(),
              "other://steward:" + Server::password() + "@127.0.0.1"})
            all.push_back(connected_by(connection));
        return all;
    }

private:
    static Settings connected_by(std::string text)
    {
        Settings result;
        result.connection = std::move(text);
        return result;
    }

    const Server& server_;
    std::string database_;
};

} // namespace steward::test
