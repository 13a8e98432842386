// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/http/body.hpp>
#include <steward/adapters/http/headers.hpp>
#include <steward/adapters/http/request.hpp>
#include <steward/adapters/http/response.hpp>
#include <steward/adapters/http/settings.hpp>

#include <nlohmann/json_fwd.hpp>

#include <concepts>
#include <memory>
#include <string_view>
#include <vector>

namespace steward::inline v0::adapters {

namespace detail {
class http_connection;
class http_service;
} // namespace detail

/// Speaks to one HTTP service, on one connection that stays open between requests.
///
///     const auto user = api->get("/users/123").raise_for_status().json();
///     api->post("/users", nlohmann::json{{"name", "Ada"}});
///
/// A response is a response, whatever its status; redirects are followed. Errors: http_error where there is no whole
/// response. Threads: one at a time; a lease of a pool guarantees that. Looking up a host's name takes what the system's
/// resolver takes, whatever the time-out.
class http_client {
public:
    /// A client by itself, without a manager. Throws configuration_error.
    explicit http_client(http_settings settings);
    /// One that was moved from can only be assigned to and destroyed.
    /// @{
    http_client(http_client&&) noexcept;
    http_client& operator=(http_client&&) noexcept;
    /// @}
    ~http_client();

    /// Without a body; `del` is DELETE. `path` is beneath the base URL, see http_request.
    /// @{
    http_response get(std::string_view path, http_headers headers = {});
    http_response head(std::string_view path, http_headers headers = {});
    http_response del(std::string_view path, http_headers headers = {});
    /// @}

    /// The body as it is, with its type: `put("/notes/1", "Hello", "text/plain")`.
    /// @{
    http_response post(std::string_view path, std::string_view body, std::string_view content_type,
                       http_headers headers = {});
    http_response put(std::string_view path, std::string_view body, std::string_view content_type,
                      http_headers headers = {});
    http_response patch(std::string_view path, std::string_view body, std::string_view content_type,
                        http_headers headers = {});
    /// @}

    /// The body as `application/json`.
    /// @{
    http_response post(std::string_view path, const nlohmann::json& body, http_headers headers = {});
    http_response put(std::string_view path, const nlohmann::json& body, http_headers headers = {});
    http_response patch(std::string_view path, const nlohmann::json& body, http_headers headers = {});
    /// @}

    /// A form: `post_form("/login", {{"user", "ada"}, {"remember", "yes"}})`; with files: `post_multipart("/photos",
    /// {{.name = "title", .content = "Sea"}, {.name = "photo", .content = bytes, .file_name = "sea.jpg"}})`.
    /// @{
    http_response post_form(std::string_view path, const http_fields& fields, http_headers headers = {});
    http_response post_multipart(std::string_view path, const std::vector<http_part>& parts, http_headers headers = {});
    /// @}

    // A text needs its type: without one it would become a JSON string.
    template <std::convertible_to<std::string_view> Text>
    http_response post(std::string_view path, const Text& body, http_headers headers = {}) = delete;
    template <std::convertible_to<std::string_view> Text>
    http_response put(std::string_view path, const Text& body, http_headers headers = {}) = delete;
    template <std::convertible_to<std::string_view> Text>
    http_response patch(std::string_view path, const Text& body, http_headers headers = {}) = delete;

    /// Any request; tries it again as the settings say.
    http_response send(const http_request& request);

    /// The same, but the body of a status of success goes to the sink, however long it is, and the response's is empty: no
    /// more of it is in memory at once than one piece. The body of any other status is in the response, and the sink gets
    /// nothing. Where the sink wants no more, the response is what came until then, and the connection is closed. Nothing
    /// is tried again once the sink has got something. The settings' timeout is over all of it, what the sink does included.
    http_response send(const http_request& request, const http_sink& sink);
    /// Puts what a source gives, however long it is: no more of it is in memory at once than one piece.
    http_response upload(std::string_view path, http_source source, std::string_view content_type,
                         http_headers headers = {});
    /// Gets a body of any length into a sink; see `send`.
    http_response download(std::string_view path, const http_sink& sink, http_headers headers = {});

    /// With what it was made; secrets are in it.
    [[nodiscard]] const http_settings& settings() const noexcept;

private:
    friend class http;
    http_client(http_settings settings, std::shared_ptr<detail::http_service> service);
    http_response send_to(const http_request& request, const http_sink* sink);

    std::shared_ptr<detail::http_service> service_;
    std::unique_ptr<detail::http_connection> connection_;
};

} // namespace steward::inline v0::adapters
