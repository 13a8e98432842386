// SPDX-License-Identifier: BSL-1.0
#include "conninfo.hpp"

#include <steward/adapters/database/error.hpp>

#include <soci/version.h>

#include <array>
#include <chrono>
#include <utility>

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace steward::inline v0::adapters::detail::pg {

namespace {

constexpr bool soci_takes_apart = SOCI_VERSION < 401000;
constexpr std::string_view separators = " \t\n\v\f\r=";

std::string_view word(postgresql_tls wanted) noexcept
{
    switch (wanted) {
    case postgresql_tls::off: return "disable";
    case postgresql_tls::prefer: return "prefer";
    case postgresql_tls::require: return "require";
    case postgresql_tls::verify_ca: return "verify-ca";
    case postgresql_tls::verify_full: return "verify-full";
    }
    std::unreachable();
}

/// Settings of the session. They come last, behind the user's own.
std::string session_options(const postgresql_settings& wanted)
{
    std::string options{"-c TimeZone=UTC -c DateStyle=ISO,YMD -c IntervalStyle=postgres -c bytea_output=hex"
                        " -c extra_float_digits=3 -c standard_conforming_strings=on"};
    if (wanted.statement_timeout.count() > 0)
        options += " -c statement_timeout=" + std::to_string(wanted.statement_timeout.count());
    return options;
}

[[noreturn]] void refuse(std::string_view reason) { throw database_error{database_errc::cannot_connect, reason}; }

/// The string completed by the fields, without password and options.
connection_keywords completed(const postgresql_settings& wanted)
{
    auto read = connection_keywords::parse(wanted.connection);
    if (!read)
        refuse(std::string{"cannot read the connection string: expected "}.append(connection_keywords::expected()));
    const auto complete = [&](std::string_view keyword, std::string_view value) {
        if (!value.empty() && read->find(keyword).empty())
            read->set(keyword, value);
    };
    complete("host", wanted.host);
    complete("port", wanted.port == 0 ? std::string{} : std::to_string(wanted.port));
    complete("dbname", wanted.database);
    complete("user", wanted.user);
    complete("password", wanted.password);
    if (wanted.tls != postgresql_tls::prefer) // libpq's own choice, unless its environment or a service file says more
        complete("sslmode", word(wanted.tls));
    complete("sslrootcert", wanted.ca_file);
    complete("connect_timeout", std::to_string(wanted.connect_timeout.count()));
    // A server that is gone without a word is noticed when something is sent.
    complete("tcp_user_timeout", std::to_string(std::chrono::milliseconds{wanted.connect_timeout}.count()));
    complete("application_name", "steward");
    read->set("client_encoding", "UTF8");
    return *std::move(read);
}

/// A file in memory with that as its only password, for whichever server; -1 if there is none.
int make_password_file(std::string_view password)
{
    std::string line{"*:*:*:*:"};
    for (const char c : password) {
        if (c == ':' || c == '\\')
            line += '\\';
        line += c;
    }
    line += '\n';
    const int file = ::memfd_create("steward", MFD_CLOEXEC);
    if (file >= 0
        && (::fchmod(file, S_IRUSR | S_IWUSR) != 0
            || ::write(file, line.data(), line.size()) != static_cast<ssize_t>(line.size()))) {
        ::close(file);
        return -1;
    }
    return file;
}

} // namespace

bool soci_carries(std::string_view value) noexcept
{
    return !soci_takes_apart || value.find_first_of(separators) == std::string_view::npos;
}

bool append_options(std::string& to, std::string_view options)
{
    if (!soci_takes_apart) {
        to.append(to.empty() ? "" : " ").append(options);
        return true;
    }
    // `-c a=b -cc=d -ce=f`: a blank behind the first -c alone.
    while (!options.empty()) {
        const std::size_t blank = options.find(' ');
        std::string_view option = options.substr(0, blank);
        options.remove_prefix(blank == std::string_view::npos ? options.size() : blank + 1);
        if (option.empty() || option == "-c")
            continue;
        if (option.starts_with("-c") || option.starts_with("--"))
            option.remove_prefix(2);
        const std::size_t equals = option.find('=');
        const bool fits = equals != std::string_view::npos && soci_carries(option.substr(0, equals))
                          && soci_carries(option.substr(equals + 1)) && !option.ends_with('\\')
                          && !option.starts_with('-') && equals + 1 != option.size();
        if (!fits)
            return false;
        to.append(to.empty() ? "-c " : " -c").append(option);
    }
    return true;
}

conninfo::conninfo(const postgresql_settings& wanted)
{
    const connection_keywords all = completed(wanted);
    secret_ = all.find("password");
    for (const auto& [keyword, value] : all)
        if (keyword != "options" && keyword != "password")
            add(keyword, value);
    add_password();
    std::string options;
    if (!append_options(options, all.find("options")) || !append_options(options, session_options(wanted)))
        refuse("the connection's options must be '-c name=value', without blanks in the values");
    text_.append(" options='").append(connection_keywords::escaped(options)).append("'");
}

conninfo::~conninfo()
{
    if (password_file_ >= 0)
        ::close(password_file_);
}

void conninfo::add(std::string_view keyword, std::string_view value)
{
    if (!soci_carries(value))
        refuse(std::string{"SOCI before 4.1 cannot carry a "}.append(keyword).append(" with blanks or '='"));
    text_.append(text_.empty() ? "" : " ")
        .append(keyword)
        .append("='")
        .append(connection_keywords::escaped(value))
        .append("'");
}

void conninfo::add_password()
{
    if (secret_.empty())
        return;
    if (soci_carries(secret_))
        return add("password", secret_);
    password_file_ = make_password_file(secret_);
    if (password_file_ < 0)
        refuse("SOCI before 4.1 cannot carry a password with blanks or '=', and there is no file in memory for it");
    add("password", ""); // instead of one from the environment
    add("passfile", "/proc/self/fd/" + std::to_string(password_file_));
}

} // namespace steward::inline v0::adapters::detail::pg
