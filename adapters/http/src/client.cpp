// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/http.hpp>

#include "connection.hpp"
#include "header_rules.hpp"
#include "retrying.hpp"
#include "service.hpp"

#include <steward/detail/random_share.hpp>

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

namespace steward::adapters {

namespace {

http_settings checked(http_settings settings)
{
    std::vector<configuration_problem> problems;
    configuration_check check{"http_client", problems};
    http::check(settings, check);
    if (!problems.empty())
        throw configuration_error{std::move(problems)};
    return settings;
}

http_request with_body(std::string_view method, std::string_view path, std::string_view body,
                       std::string_view content_type, http_headers headers)
{
    return {.method = std::string{method},
            .path = std::string{path},
            .headers = std::move(headers),
            .body = std::string{body},
            .content_type = std::string{content_type}};
}

http_request with_json(std::string_view method, std::string_view path, const nlohmann::json& body, http_headers headers)
{
    try {
        return with_body(method, path, body.dump(), "application/json", std::move(headers));
    } catch (const nlohmann::json::exception&) {
        throw http_error{http_errc::invalid_request, method, "expected texts in UTF-8 in the JSON of the body"};
    }
}

http_request without_body(std::string_view method, std::string_view path, http_headers headers)
{
    return with_body(method, path, {}, {}, std::move(headers));
}

// The method and the URL, without the query, in which there may be a secret.
std::string name_of(const http_request& request, const detail::base_url& url, std::string_view target)
{
    return request.method + ' ' + url.origin() + std::string{target.substr(0, target.find('?'))};
}

std::string target_of(const http_request& request, const detail::base_url& url)
{
    const auto refuse = [&](std::string_view expected) {
        return http_error{http_errc::invalid_request, request.method + ' ' + url.origin() + url.prefix,
                          std::string{"expected "}.append(expected)};
    };
    if (request.method.empty() || !std::ranges::all_of(request.method, [](char c) { return c >= 'A' && c <= 'Z'; }))
        throw http_error{http_errc::invalid_request, url.origin(), "expected a method in capital letters, such as GET"};
    if (const std::string expected = detail::wrong_header(request.headers); !expected.empty())
        throw refuse(expected);
    if (!detail::is_header_value(request.content_type))
        throw refuse("a content type without line ends");
    auto target = detail::request_target(url.prefix, request.path);
    if (!target)
        throw refuse(target.error());
    return *std::move(target);
}

// How long to wait before the next try, as far as it makes sense to try again what gave this.
std::optional<duration> pause_after(const std::expected<http_response, detail::http_failure>& result,
                                    const http_settings& settings, unsigned tries)
{
    const bool again = result ? detail::may_change(result->status) : http_error{result.error().code, {}}.retriable();
    if (!again || tries >= settings.retry_count)
        return std::nullopt;
    duration pause = detail::backoff(settings.retry_delay, tries, steward::detail::random_share());
    if (const auto header = result ? result->header("Retry-After") : std::nullopt)
        pause = std::max(pause, detail::retry_after(*header, std::chrono::system_clock::now()).value_or(pause));
    return pause;
}

// A response that is too large for us is one.
bool answered(const std::expected<http_response, detail::http_failure>& result) noexcept
{
    return result || result.error().code == http_errc::too_large;
}

resource_health health_after(const std::expected<http_response, detail::http_failure>& result) noexcept
{
    return !answered(result)                 ? resource_health::unhealthy
           : result && result->status >= 500 ? resource_health::degraded
                                             : resource_health::healthy;
}

} // namespace

http_client::http_client(http_settings settings)
    : http_client{checked(std::move(settings)), std::make_shared<detail::http_service>()}
{
}

http_client::http_client(http_settings settings, std::shared_ptr<detail::http_service> service)
    : service_{std::move(service)},
      connection_{std::make_unique<detail::http_connection>(std::move(settings), service_->watch)}
{
}

http_client::http_client(http_client&&) noexcept = default;
http_client& http_client::operator=(http_client&& other) noexcept
{
    connection_ = std::move(other.connection_); // first: it uses the service of this one to its end
    service_ = std::move(other.service_);
    return *this;
}
http_client::~http_client() = default;

const http_settings& http_client::settings() const noexcept { return connection_->settings(); }

http_response http_client::send(const http_request& request) { return send_to(request, nullptr); }

http_response http_client::send(const http_request& request, const http_sink& sink)
{
    if (!sink)
        throw http_error{http_errc::invalid_request, request.method, "expected a sink that can be called"};
    return send_to(request, &sink);
}

http_response http_client::send_to(const http_request& request, const http_sink* sink)
{
    const time_point deadline = clock::now() + settings().timeout;
    const std::string target = target_of(request, connection_->url());
    const bool repeatable = request.repeatable.value_or(detail::is_idempotent(request.method));
    detail::body_receiver body{sink};
    for (unsigned tries = 0;; ++tries) {
        auto result = connection_->exchange(request, target, deadline, body);
        connection_->answered = answered(result);
        service_->health.store(health_after(result), std::memory_order_relaxed);
        const auto pause = repeatable && !body.begun ? pause_after(result, settings(), tries) : std::nullopt;
        if (pause && *pause < deadline - clock::now()) {
            std::this_thread::sleep_for(*pause);
            continue;
        }
        std::string name = name_of(request, connection_->url(), target);
        if (!result)
            throw http_error{result.error().code, name, result.error().details};
        result->request = std::move(name);
        return *std::move(result);
    }
}

http_response http_client::get(std::string_view path, http_headers headers)
{
    return send(without_body("GET", path, std::move(headers)));
}
http_response http_client::head(std::string_view path, http_headers headers)
{
    return send(without_body("HEAD", path, std::move(headers)));
}
http_response http_client::del(std::string_view path, http_headers headers)
{
    return send(without_body("DELETE", path, std::move(headers)));
}

http_response http_client::download(std::string_view path, const http_sink& sink, http_headers headers)
{
    return send(without_body("GET", path, std::move(headers)), sink);
}

http_response http_client::post(std::string_view path, std::string_view body, std::string_view type,
                                http_headers headers)
{
    return send(with_body("POST", path, body, type, std::move(headers)));
}
http_response http_client::put(std::string_view path, std::string_view body, std::string_view type,
                               http_headers headers)
{
    return send(with_body("PUT", path, body, type, std::move(headers)));
}
http_response http_client::patch(std::string_view path, std::string_view body, std::string_view type,
                                 http_headers headers)
{
    return send(with_body("PATCH", path, body, type, std::move(headers)));
}

http_response http_client::post(std::string_view path, const nlohmann::json& body, http_headers headers)
{
    return send(with_json("POST", path, body, std::move(headers)));
}
http_response http_client::put(std::string_view path, const nlohmann::json& body, http_headers headers)
{
    return send(with_json("PUT", path, body, std::move(headers)));
}
http_response http_client::patch(std::string_view path, const nlohmann::json& body, http_headers headers)
{
    return send(with_json("PATCH", path, body, std::move(headers)));
}

} // namespace steward::adapters
