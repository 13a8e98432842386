// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/http.hpp>

#include "connection.hpp"
#include "http_service.hpp"
#include "sending.hpp"

#include <utility>
#include <vector>

namespace steward::inline v0::adapters {

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
    return detail::sending{*connection_, *service_, request, sink}.run();
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

http_response http_client::upload(std::string_view path, http_source source, std::string_view type,
                                  http_headers headers)
{
    http_request request = with_body("PUT", path, {}, type, std::move(headers));
    request.source = std::move(source);
    return send(request);
}
http_response http_client::post_form(std::string_view path, const http_fields& fields, http_headers headers)
{
    const http_body body = form_body(fields);
    return send(with_body("POST", path, body.content, body.content_type, std::move(headers)));
}
http_response http_client::post_multipart(std::string_view path, const std::vector<http_part>& parts,
                                          http_headers headers)
{
    const http_body body = multipart_body(parts);
    return send(with_body("POST", path, body.content, body.content_type, std::move(headers)));
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

} // namespace steward::inline v0::adapters
