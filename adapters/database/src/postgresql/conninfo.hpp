// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "connection_string.hpp"

#include <steward/adapters/database/postgresql.hpp>

#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail::pg {

/// What libpq is told to open: the connection string completed by the other fields, and all that a session is to be set
/// to, so that it costs no round trip.
///
/// SOCI before 4.1 takes its string apart at blanks and `=`, whatever is quoted, and puts it together again as
/// `a=b c=d ...`. So options are written such that they come out as they went in, and a password that has such characters
/// goes through a file in memory.
class conninfo {
public:
    /// Throws cannot_connect, without a word of the connection string, if that cannot be read or carried.
    explicit conninfo(const postgresql_settings& wanted);
    ~conninfo();
    conninfo(const conninfo&) = delete;
    conninfo& operator=(const conninfo&) = delete;

    /// Of use as long as this object is there.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    /// The password, never to be shown.
    [[nodiscard]] const std::string& secret() const noexcept { return secret_; }

private:
    void add(std::string_view keyword, std::string_view value);
    void add_password();

    std::string text_;
    std::string secret_;
    int password_file_ = -1;
};

/// Whether SOCI carries that value of another keyword than the password's and the options'.
[[nodiscard]] bool soci_carries(std::string_view value) noexcept;

/// A server's command line options (`-c name=value ...`) in the way in which SOCI carries them; false if it cannot.
[[nodiscard]] bool append_options(std::string& to, std::string_view options);

} // namespace steward::inline v0::adapters::detail::pg
