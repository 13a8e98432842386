// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters {

/// Why something that Redis was asked for failed.
enum class redis_errc {
    cannot_connect,         ///< no server could be reached; retriable
    tls,                    ///< no secure connection, or the server did not prove who it is
    connection_lost,        ///< the connection broke after the command was sent: whether it took effect is unknown
    connection_lost_undone, ///< the connection broke before: nothing took effect; retriable, with another session
    timed_out,              ///< no whole reply in time: whether the command took effect is unknown
    busy,                   ///< the server is loading its data, runs a script or has too many clients; retriable
    conflict,               ///< a watched key was changed, and the transaction took no effect; retriable
    wrong_type,             ///< the key holds a value of another type
    permission_denied,      ///< a password is missing or wrong, or its user may not do this
    read_only,              ///< the server takes no writes: a replica, or one that cannot save
    out_of_memory,          ///< the server has reached its maxmemory
    wrong_reply,            ///< the reply is of another kind than the command was expected to have
    wrong_command,          ///< a session does not send this command, or not now; nothing was sent
    expired,                ///< a pipeline or transaction was used after its session had been given back, or in a child
    other,                  ///< any other error of the server, such as wrong arguments or an error in a script
};

/// The code in words: "wrong type".
[[nodiscard]] std::string_view to_string(redis_errc code) noexcept;

/// A command that failed. Its text has the resource, the command's name, the server's address, the reason, and what to do
/// about it; arguments, values and passwords are never part of it, not even where the server repeats them.
class redis_error : public std::runtime_error {
public:
    /// `what` is what was being done, and where.
    redis_error(redis_errc code, std::string_view what, std::string_view details = {});

    /// Why it failed.
    [[nodiscard]] redis_errc code() const noexcept { return code_; }
    /// Whether the same command may succeed later, perhaps through another session, and does no harm then: this time it
    /// took no effect.
    [[nodiscard]] bool retriable() const noexcept;

private:
    redis_errc code_;
};

} // namespace steward::inline v0::adapters
