// SPDX-License-Identifier: BSL-1.0
#include "connection.hpp"

#include <steward/detail/no_sigpipe.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace steward::adapters::detail {

namespace {

// Its name before and after version 0.20. The paths that it gets are encoded already.
template <class Client>
void leave_paths_alone(Client& client)
{
    if constexpr (requires { client.set_path_encode(false); })
        client.set_path_encode(false);
    else
        client.set_url_encode(false);
}

std::unique_ptr<httplib::ClientImpl> client_of(const base_url& url, [[maybe_unused]] const http_settings& settings)
{
#ifdef STEWARD_HTTPLIB_HAS_TLS
    if (url.tls) {
        auto client = std::make_unique<httplib::SSLClient>(url.host, url.port);
        client->enable_server_certificate_verification(settings.verify_certificates);
        if (!settings.ca_file.empty())
            client->set_ca_cert_path(settings.ca_file.string());
        return client;
    }
#endif
    return std::make_unique<httplib::ClientImpl>(url.host, url.port);
}

// What is left until then; a little more rather than less, so that nothing ends before its time.
std::chrono::microseconds until(time_point deadline)
{
    const auto left = std::chrono::ceil<std::chrono::microseconds>(deadline - clock::now());
    return std::max(left, std::chrono::microseconds::zero()) + std::chrono::milliseconds{1};
}

// Zero is no limit of its own.
std::chrono::microseconds within(std::chrono::microseconds left, std::chrono::milliseconds limit)
{
    return limit.count() == 0 ? left : std::min<std::chrono::microseconds>(limit, left);
}

// Whether the server did nothing for as long as it may: httplib calls that a failure to read or to write like any other.
std::optional<http_failure> stalled(httplib::Error error, const http_settings& settings, duration silent)
{
    const auto over = [&](std::chrono::milliseconds limit) { return limit.count() != 0 && silent >= limit; };
    if (error == httplib::Error::Read && over(settings.read_timeout))
        return http_failure{http_errc::timed_out, "the server sent nothing for as long as read_timeout"};
    if (error == httplib::Error::Write && over(settings.write_timeout))
        return http_failure{http_errc::timed_out, "the server took nothing for as long as write_timeout"};
    return std::nullopt;
}

} // namespace

bool body_receiver::take(std::string_view piece) noexcept
{
    begun = true;
    try {
        stopped = !(*sink)(piece);
    } catch (...) { // not through httplib, which leaves its connection half used
        thrown = std::current_exception();
        stopped = true;
    }
    return !stopped;
}

http_connection::http_connection(http_settings settings, deadline_watch& watch)
    : settings_{std::move(settings)}, url_{parse_base_url(settings_.base_url).value()}, watched_{watch},
      client_{client_of(url_, settings_)}
{
    client_->set_keep_alive(true);
    client_->set_follow_location(false);
    client_->set_tcp_nodelay(true);
    client_->set_socket_options([this](socket_t socket) { watched_.opened(socket); });
    leave_paths_alone(*client_);
}

http_connection::~http_connection()
{
    const steward::detail::no_sigpipe quiet; // TLS says goodbye
    client_.reset();
}

httplib::Headers http_connection::headers_of(const http_request& request) const
{
    httplib::Headers all;
    all.emplace("Host", url_.authority());
    if (settings_.auth.bearer)
        all.emplace("Authorization", "Bearer " + settings_.auth.bearer->token);
    else if (settings_.auth.basic)
        all.insert(
            httplib::make_basic_authentication_header(settings_.auth.basic->user, settings_.auth.basic->password));
    else if (const auto& key = settings_.auth.api_key; key && key->in == api_key_place::header)
        all.emplace(key->name, key->value);
    const auto replace = [&](const http_headers& by) {
        for (const auto& [name, value] : by)
            all.erase(name);
        for (const auto& [name, value] : by)
            all.emplace(name, value);
    };
    replace(settings_.headers);
    if (!request.content_type.empty())
        replace({{"Content-Type", request.content_type}});
    replace(request.headers);
    return all;
}

http_failure http_connection::failure(httplib::Error error, bool timed_out) const
{
    if (timed_out)
        return {http_errc::timed_out, "there was no whole response in time; a larger timeout waits longer"};
    switch (error) {
    case httplib::Error::Connection:
    case httplib::Error::BindIPAddress:
        return {http_errc::cannot_connect, "nobody answers there; is the service running, and base_url right?"};
    case httplib::Error::ConnectionTimeout:
        return {http_errc::cannot_connect, "nobody answered within connect_timeout"};
    case httplib::Error::SSLLoadingCerts: return {http_errc::tls, "expected certificates (PEM) in ca_file"};
    case httplib::Error::SSLConnection:
        return {http_errc::tls, "the handshake failed; does the server speak TLS at this port?"};
    default: break;
    }
    // Newer versions tell apart which part of the verification failed.
    if (httplib::to_string(error).starts_with("SSL"))
        return {http_errc::tls, "the server did not prove that it is this host; is its authority in ca_file?"};
    return {http_errc::connection_lost, "it ended before the response did"};
}

std::expected<http_response, http_failure> http_connection::exchange(const http_request& request,
                                                                     const std::string& target, time_point deadline,
                                                                     body_receiver& body)
{
    const auto left = until(deadline);
    client_->set_connection_timeout(std::min<std::chrono::microseconds>(settings_.connect_timeout, left));
    client_->set_read_timeout(within(left, settings_.read_timeout));
    client_->set_write_timeout(within(left, settings_.write_timeout));

    http_response response;
    bool too_large = false, complete = false, streamed = false;
    httplib::Request sent;
    sent.method = request.method;
    sent.path = target;
    sent.headers = headers_of(request);
    sent.body = request.body;
    time_point heard = clock::now(); // from the server last, as far as we know
    sent.response_handler = [&](const httplib::Response& got) {
        heard = clock::now();
        complete = got.status == 304; // has no body, for which some versions wait
        streamed = body.sink != nullptr && got.status >= 200 && got.status <= 299;
        return !complete;
    };
    sent.content_receiver = [&](const char* data, std::size_t size, auto, auto) {
        heard = clock::now();
        if (streamed)
            return body.take({data, size});
        too_large = size > settings_.max_body - response.body.size();
        if (!too_large)
            response.body.append(data, size);
        return !too_large;
    };

    const steward::detail::no_sigpipe quiet;
    const deadline_watch::guard watch{watched_, deadline};
    httplib::Response got;
    auto error = httplib::Error::Success;
    const bool whole = client_->send(sent, got, error);
    if (body.thrown)
        std::rethrow_exception(body.thrown);
    // First the time: where a body ends with its connection, one that was shut down looks whole.
    if (const bool late = watch.ended() || (!whole && clock::now() >= deadline); late && !body.stopped)
        return std::unexpected{failure(error, true)};
    if (too_large)
        return std::unexpected{http_failure{http_errc::too_large, "a larger max_body takes it"}};
    if (!whole && !complete && !body.stopped)
        return std::unexpected{stalled(error, settings_, clock::now() - heard).value_or(failure(error, false))};
    response.status = got.status;
    response.headers.insert(got.headers.begin(), got.headers.end());
    return response;
}

} // namespace steward::adapters::detail
