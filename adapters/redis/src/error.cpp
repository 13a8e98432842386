// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/redis/error.hpp>

namespace steward::inline v0::adapters {

std::string_view to_string(redis_errc code) noexcept
{
    switch (code) {
    case redis_errc::cannot_connect: return "cannot connect";
    case redis_errc::tls: return "no secure connection";
    case redis_errc::connection_lost: return "connection lost";
    case redis_errc::connection_lost_undone: return "connection lost, nothing took effect";
    case redis_errc::timed_out: return "timed out";
    case redis_errc::busy: return "busy";
    case redis_errc::conflict: return "conflict";
    case redis_errc::wrong_type: return "wrong type";
    case redis_errc::permission_denied: return "permission denied";
    case redis_errc::read_only: return "read only";
    case redis_errc::out_of_memory: return "out of memory";
    case redis_errc::wrong_reply: return "wrong reply";
    case redis_errc::wrong_command: return "wrong command";
    case redis_errc::expired: return "expired";
    case redis_errc::other: return "refused by the server";
    }
    return "redis error";
}

namespace {

std::string text(redis_errc code, std::string_view what, std::string_view details)
{
    std::string result{what};
    result.append(result.empty() ? "" : ": ").append(to_string(code));
    if (!details.empty())
        result.append(": ").append(details);
    return result;
}

} // namespace

redis_error::redis_error(redis_errc code, std::string_view what, std::string_view details)
    : std::runtime_error{text(code, what, details)}, code_{code}
{
}

bool redis_error::retriable() const noexcept
{
    switch (code_) {
    case redis_errc::cannot_connect:
    case redis_errc::connection_lost_undone:
    case redis_errc::busy:
    case redis_errc::conflict: return true;
    default: return false;
    }
}

} // namespace steward::inline v0::adapters
