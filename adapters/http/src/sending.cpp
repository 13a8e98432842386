// SPDX-License-Identifier: BSL-1.0
#include "sending.hpp"

#include "header_rules.hpp"
#include "query.hpp"
#include "redirect.hpp"
#include "retrying.hpp"

#include <steward/detail/random_share.hpp>

#include <algorithm>
#include <thread>
#include <utility>

namespace steward::inline v0::adapters::detail {

namespace {

// The method and the URL, without the query, in which there may be a secret.
std::string name_of(const http_request& request, const http_connection& to, std::string_view target)
{
    const std::string_view path = target.substr(0, target.find('?'));
    std::string name;
    name.reserve(request.method.size() + 1 + to.origin().size() + path.size());
    return name.append(request.method).append(1, ' ').append(to.origin()).append(path);
}

std::string target_of(const http_request& request, const base_url& url)
{
    const auto refuse = [&](std::string_view expected) {
        return http_error{http_errc::invalid_request, request.method + ' ' + url.origin() + url.prefix,
                          std::string{"expected "}.append(expected)};
    };
    if (request.method.empty() || !std::ranges::all_of(request.method, [](char c) { return c >= 'A' && c <= 'Z'; }))
        throw http_error{http_errc::invalid_request, url.origin(), "expected a method in capital letters, such as GET"};
    if (const std::string expected = wrong_header(request.headers); !expected.empty())
        throw refuse(expected);
    if (!is_header_value(request.content_type))
        throw refuse("a content type without line ends");
    if (request.source.read && !request.body.empty())
        throw refuse("either a body or a source of one");
    auto target = request_target(url.prefix, request.path);
    if (!target)
        throw refuse(target.error());
    return *std::move(target);
}

// How long to wait before the next try, as far as it makes sense to try again what gave this.
std::optional<duration> pause_after(const std::expected<http_response, http_failure>& result,
                                    const http_settings& settings, unsigned tries)
{
    const bool again = result ? may_change(result->status) : http_error{result.error().code, {}}.retriable();
    if (!again || tries >= settings.retry_count)
        return std::nullopt;
    const duration pause = backoff(settings.retry_delay, tries, steward::detail::random_share());
    return std::max<duration>(pause, result ? result->retry_after().value_or(pause) : pause);
}

// A response that is too large for us is one.
bool answered(const std::expected<http_response, http_failure>& result) noexcept
{
    return result || result.error().code == http_errc::too_large;
}

resource_health health_after(const std::expected<http_response, http_failure>& result) noexcept
{
    return !answered(result)                 ? resource_health::unhealthy
           : result && result->status >= 500 ? resource_health::degraded
                                             : resource_health::healthy;
}

// The key that is sent in the query, if there is one.
const api_key* key_in_query(const http_settings& settings) noexcept
{
    const auto& key = settings.auth.api_key;
    return key && key->in == api_key_place::query ? &*key : nullptr;
}

} // namespace

sending::sending(http_connection& home, http_service& service, const http_request& request, const http_sink* sink)
    : home_{home}, service_{service}, request_{&request}, target_{target_of(request, home.url())}, bodies_{sink},
      deadline_{clock::now() + request.timeout.value_or(home.settings().timeout)}
{
    say_who();
}

// Servers send their clients away with the query that they came with: the key in it is for base_url's server only.
void sending::say_who()
{
    const api_key* const key = key_in_query(home_.settings());
    if (key != nullptr)
        target_ = stranger_ ? without_parameter(target_, key->name)
                            : with_parameter(std::move(target_), key->name, key->value);
}

http_response sending::run()
{
    for (unsigned hops = 0;; ++hops) {
        http_response response = ask();
        const unsigned most = home_.settings().max_redirects;
        const auto location = is_redirect(response.status) ? response.header("Location") : std::nullopt;
        if (!location || most == 0)
            return response;
        if (hops == most)
            throw error(http_errc::redirect, "there are more than max_redirects, " + std::to_string(most),
                        response.status);
        follow(response, *location);
    }
}

// Asks one server, as often as it takes and there is time.
http_response sending::ask()
{
    const bool repeatable = request_->repeatable.value_or(is_idempotent(request_->method));
    for (unsigned tries = 0;; ++tries) {
        if (clock::now() >= deadline_)
            throw error(http_errc::timed_out, "its time was over before it was sent");
        auto result = to_->exchange(*request_, target_, deadline_, bodies_);
        record(result);
        const auto pause = repeatable && !bodies_.received && can_restart()
                               ? pause_after(result, home_.settings(), tries)
                               : std::nullopt;
        if (pause && *pause < deadline_ - clock::now()) {
            restart();
            std::this_thread::sleep_for(*pause);
            continue;
        }
        if (!result)
            throw error(result.error().code, result.error().details);
        result->request = name_of(*request_, *to_, target_);
        return *std::move(result);
    }
}

// For the pool and the health policies. A request that is wrong itself says nothing of the server.
void sending::record(const std::expected<http_response, http_failure>& result) noexcept
{
    if (!result && result.error().code == http_errc::invalid_request)
        return;
    home_.answered = answered(result);
    const resource_health health = health_after(result);
    home_.worked = health == resource_health::healthy;
    service_.health.store(health, std::memory_order_relaxed);
}

void sending::follow(const http_response& response, std::string_view location)
{
    auto next = resolve(to_->url(), target_, location);
    if (!next)
        throw error(http_errc::redirect, std::string{"expected in its Location "}.append(next.error()),
                    response.status);
    if (to_->url().tls && !next->server.tls)
        throw error(http_errc::redirect, "it leads from https to http, where everybody can read along",
                    response.status);
    if (next->server.tls && !has_tls)
        throw error(http_errc::redirect, "it leads to https, and cpp-httplib was built without TLS here",
                    response.status);
    if (!same_origin(next->server, to_->url())) {
        stranger_ = std::make_unique<http_connection>(for_stranger(home_.settings(), next->server), service_.watch);
        to_ = stranger_.get();
    }
    // Who has sent us away may send us back, with whatever he likes: we stay a stranger then.
    http_request changed = redirected(*request_, response.status, stranger_ != nullptr);
    request_ = &redirected_.emplace(std::move(changed));
    if (!can_restart())
        throw error(http_errc::redirect, "its body cannot be sent again; a source with a restart can", response.status);
    restart();
    target_ = std::move(next->target);
    say_who();
}

// Whether the body can be sent (again).
bool sending::can_restart() const noexcept
{
    return !request_->source.read || !bodies_.sent || request_->source.restart;
}

void sending::restart()
{
    if (!request_->source.read || !bodies_.sent)
        return;
    request_->source.restart();
    bodies_.sent = false;
}

http_error sending::error(http_errc code, std::string_view details, int status) const
{
    return http_error{code, name_of(*request_, *to_, target_), details, status};
}

} // namespace steward::inline v0::adapters::detail
