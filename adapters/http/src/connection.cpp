// SPDX-License-Identifier: BSL-1.0
#include "connection.hpp"

#include "plain_client.hpp"
#include "plain_stream.hpp"

#include <steward/detail/no_sigpipe.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <type_traits>
#include <utility>

namespace steward::inline v0::adapters::detail {

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

// A template, so that nothing is made of a stream that lacks what this version of httplib asks for.
template <class Stream>
std::unique_ptr<httplib::ClientImpl> client_without_tls(const base_url& url, [[maybe_unused]] bool& used)
{
    if constexpr (std::is_abstract_v<Stream>)
        return std::make_unique<httplib::ClientImpl>(url.host, url.port);
    else
        return std::make_unique<plain_client<Stream>>(url.host, url.port, used);
}

std::unique_ptr<httplib::ClientImpl> client_of(const base_url& url, [[maybe_unused]] const http_settings& settings,
                                               bool& used)
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
    return client_without_tls<plain_stream>(url, used);
}

// In older versions they are of a kind that gives its elements away as they are. They come in the order in which they go.
template <class Headers>
void take(Headers& from, http_headers& to)
{
    if constexpr (requires { to.insert(to.end(), from.extract(from.begin())); })
        while (!from.empty())
            to.insert(to.end(), from.extract(from.begin()));
    else
        to.insert(from.begin(), from.end());
}

// What is left until then; a little more rather than less, so that nothing ends before its time.
std::chrono::microseconds until(time_point deadline)
{
    const auto left = std::chrono::ceil<std::chrono::microseconds>(deadline - clock::now());
    return std::max(left, std::chrono::microseconds::zero()) + std::chrono::milliseconds{1};
}

// The ways to compress a body that httplib can undo here.
constexpr std::string_view accepted_encodings =
#if defined(CPPHTTPLIB_ZLIB_SUPPORT) && defined(CPPHTTPLIB_BROTLI_SUPPORT)
    "gzip, br";
#elif defined(CPPHTTPLIB_ZLIB_SUPPORT)
    "gzip";
#elif defined(CPPHTTPLIB_BROTLI_SUPPORT)
    "br";
#else
    "";
#endif

// httplib has undone it: what these say is not so any more.
void forget_compression(http_headers& headers)
{
    const auto encoding = headers.find("Content-Encoding");
    if (encoding == headers.end() || encoding->second.empty() || !accepted_encodings.contains(encoding->second))
        return;
    headers.erase("Content-Encoding");
    headers.erase("Content-Length");
}

// Whether it brings nothing that would show in the headers.
bool is_plain(const http_request& request) noexcept
{
    return request.method == "GET" && request.headers.empty() && request.content_type.empty() && request.body.empty()
           && !request.source.read;
}

// Not all versions have a name for it.
bool is_of_proxy(httplib::Error error)
{
    return error != httplib::Error::Success && httplib::to_string(error).starts_with("Proxy");
}

// Zero is no limit of its own.
std::chrono::microseconds within(std::chrono::microseconds most, std::chrono::milliseconds limit)
{
    return limit.count() == 0 ? most : std::min<std::chrono::microseconds>(limit, most);
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

// Exceptions do not travel through httplib, which would leave its connection half used.
bool body_streams::take(std::string_view piece) noexcept
{
    received = true;
    try {
        stopped = !(*sink_)(piece);
    } catch (...) {
        thrown = std::current_exception();
        stopped = true;
    }
    return !stopped;
}

std::optional<std::size_t> body_streams::read(const http_source& source, std::span<char> buffer) noexcept
{
    sent = true;
    try {
        return std::min(source.read(buffer), buffer.size());
    } catch (...) {
        thrown = std::current_exception();
        return std::nullopt;
    }
}

http_connection::http_connection(http_settings settings, deadline_watch& watch)
    : settings_{std::move(settings)}, url_{parse_base_url(settings_.base_url).value()}, authority_{url_.authority()},
      origin_{url_.origin()}, watched_{watch}, client_{client_of(url_, settings_, uses_plain_stream_)}
{
    if (!settings_.proxy.empty()) {
        const base_url proxy = parse_base_url(settings_.proxy).value();
        client_->set_proxy(proxy.host, proxy.port);
        if (settings_.proxy_auth)
            client_->set_proxy_basic_auth(settings_.proxy_auth->user, settings_.proxy_auth->password);
    }
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
    all.emplace("Host", authority_);
    if (settings_.auth.bearer)
        all.emplace("Authorization", "Bearer " + settings_.auth.bearer->token);
    else if (settings_.auth.basic)
        all.insert(
            httplib::make_basic_authentication_header(settings_.auth.basic->user, settings_.auth.basic->password));
    else if (const auto& key = settings_.auth.api_key; key && key->in == api_key_place::header)
        all.emplace(key->name, key->value);
    // Not where a part is asked for: of what, the body or its compressed form, is read differently by different servers.
    if (!accepted_encodings.empty() && request.method != "HEAD" && !request.headers.contains("Range"))
        all.emplace("Accept-Encoding", accepted_encodings);
    // Through a tunnel some versions would send the proxy's password to the server as well, unless there is one.
    if (url_.tls && settings_.proxy_auth)
        all.emplace("Proxy-Authorization", "");
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
        if (!settings_.proxy.empty())
            return {http_errc::cannot_connect, "the proxy does not answer; is it running, and proxy right?"};
        [[fallthrough]];
    case httplib::Error::BindIPAddress:
        return {http_errc::cannot_connect, "nobody answers there; is the service running, and base_url right?"};
    case httplib::Error::ConnectionTimeout:
        return {http_errc::cannot_connect, "nobody answered within connect_timeout"};
    case httplib::Error::SSLLoadingCerts: return {http_errc::tls, "expected certificates (PEM) in ca_file"};
    case httplib::Error::SSLConnection:
        return {http_errc::tls, "the handshake failed; does the server speak TLS at this port?"};
    default: break;
    }
    if (is_of_proxy(error))
        return {http_errc::proxy, "it makes no connection to the server; is proxy right, and does it allow this?"};
    // Newer versions tell apart which part of the verification failed.
    if (httplib::to_string(error).starts_with("SSL"))
        return {http_errc::tls, "the server did not prove that it is this host; is its authority in ca_file?"};
    return {http_errc::connection_lost, "it ended before the response did"};
}

// Reading the clock costs more than all the rest here: only where somebody asks how long nothing came.
void http_connection::note(time_point& progress) noexcept
{
    watched_.moved_on();
    if (settings_.read_timeout.count() != 0 || settings_.write_timeout.count() != 0)
        progress = clock::now();
}

void http_connection::set_body(httplib::Request& sent, const http_request& request, body_streams& bodies,
                               time_point& progress)
{
    const http_source& source = request.source;
    sent.body = request.body;
    if (!source.read || source.size == std::size_t{0})
        return;
    sent.is_chunked_content_provider_ = !source.size;
    sent.content_length_ = source.size.value_or(0);
    if (!source.size)
        sent.headers.emplace("Transfer-Encoding", "chunked");
    sent.content_provider_ = [&](std::size_t, std::size_t left, httplib::DataSink& sink) {
        std::array<char, 16'384> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): it is filled next
        const std::size_t most = source.size ? std::min(left, buffer.size()) : buffer.size();
        const auto size = bodies.read(source, {buffer.data(), most});
        bodies.is_short = size == std::size_t{0} && source.size;
        if (!size || bodies.is_short)
            return false;
        if (*size == 0)
            sink.done();
        else if (!sink.write(buffer.data(), *size))
            return false;
        note(progress);
        return true;
    };
}

std::expected<http_response, http_failure> http_connection::exchange(const http_request& request,
                                                                     const std::string& target, time_point deadline,
                                                                     body_streams& bodies)
{
    const auto left = until(deadline);
    client_->set_connection_timeout(std::min<std::chrono::microseconds>(settings_.connect_timeout, left));
    // The watch ends what takes too long; where it alone does, plain_stream need not look at a time.
    client_->set_read_timeout(within(url_.tls ? left : plain_stream::no_limit, settings_.read_timeout));
    client_->set_write_timeout(within(left, settings_.write_timeout));

    // What the functions that httplib calls share: for two pointers std::function needs no memory of its own.
    struct {
        body_streams& bodies;
        http_response response{};
        time_point progress{}; // the last that we know of
        bool too_large = false, complete = false, streamed = false;
    } so_far{bodies};
    note(so_far.progress);
    httplib::Request sent;
    sent.method = request.method;
    sent.path = target;
    const bool plain = is_plain(request);
    sent.headers = plain && !plain_headers_.empty() ? std::move(plain_headers_) : headers_of(request);
    set_body(sent, request, bodies, so_far.progress);
    sent.response_handler = [this, &so_far](const httplib::Response& got) {
        note(so_far.progress);
        so_far.complete = got.status == 304; // has no body, for which some versions wait
        so_far.streamed = so_far.bodies.has_sink() && got.status >= 200 && got.status <= 299;
        return !so_far.complete;
    };
    sent.content_receiver = [this, &so_far](const char* data, std::size_t size, auto, auto) {
        note(so_far.progress);
        if (so_far.streamed)
            return so_far.bodies.take({data, size});
        so_far.too_large = size > settings_.max_body - so_far.response.body.size();
        if (!so_far.too_large)
            so_far.response.body.append(data, size);
        return !so_far.too_large;
    };

    // The stream raises no signal; httplib's does, and functions of the caller may.
    std::optional<steward::detail::no_sigpipe> quiet;
    if (!uses_plain_stream_ || bodies.has_sink() || request.source.read)
        quiet.emplace();
    const deadline_watch::guard watch{watched_, deadline};
    httplib::Response got;
    auto error = httplib::Error::Success;
    // Newer versions take a proxy's refusal to make a tunnel for the response.
    const bool whole = client_->send(sent, got, error) && !is_of_proxy(error);
    if (whole && plain)
        plain_headers_ = std::move(sent.headers);
    if (bodies.thrown)
        std::rethrow_exception(bodies.thrown);
    if (bodies.is_short)
        return std::unexpected{http_failure{http_errc::invalid_request, "its source ended before its size"}};
    if (watch.flooded())
        return std::unexpected{http_failure{http_errc::too_large, "it is far longer than its body"}};
    // First the time: where a body ends with its connection, one that was shut down looks whole.
    if (const bool late = watch.ended() || (!whole && clock::now() >= deadline); late && !bodies.stopped)
        return std::unexpected{failure(error, true)};
    if (so_far.too_large)
        return std::unexpected{http_failure{http_errc::too_large, "a larger max_body takes it"}};
    if (!whole && !so_far.complete && !bodies.stopped)
        return std::unexpected{
            stalled(error, settings_, clock::now() - so_far.progress).value_or(failure(error, false))};
    if (got.status == 407 && !settings_.proxy.empty())
        return std::unexpected{http_failure{http_errc::proxy, "it wants to know who asks; check proxy_auth"}};
    so_far.response.status = got.status;
    take(got.headers, so_far.response.headers);
    if (request.method != "HEAD")
        forget_compression(so_far.response.headers);
    return std::move(so_far.response);
}

} // namespace steward::inline v0::adapters::detail
