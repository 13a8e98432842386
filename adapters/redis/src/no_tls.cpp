// SPDX-License-Identifier: BSL-1.0
#include "tls.hpp"

#include "failure.hpp"

namespace steward::inline v0::adapters::detail {

bool has_tls() noexcept { return false; }

redis_tls_stream::redis_tls_stream(int /*socket*/, const redis_settings& /*settings*/, time_point /*deadline*/)
{
    throw redis_failure{redis_errc::tls, "steward was built without OpenSSL, which TLS needs"};
}

redis_progress redis_tls_stream::read(std::span<char> /*to*/) noexcept { return {redis_step::closed}; }
redis_progress redis_tls_stream::write(std::string_view /*bytes*/) noexcept { return {redis_step::closed}; }
bool redis_tls_stream::has_more() const noexcept { return false; }
void redis_tls_stream::free_ssl::operator()(ssl_st* /*ssl*/) const noexcept {}

} // namespace steward::inline v0::adapters::detail
