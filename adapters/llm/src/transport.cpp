// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm/transport.hpp>

#include <steward/adapters/http/error.hpp>
#include <steward/detail/redact.hpp>

#include <string>
#include <utility>

namespace steward::adapters::detail {

namespace {

llm_errc code_of(http_errc code) noexcept
{
    switch (code) {
    case http_errc::invalid_request: return llm_errc::invalid_request;
    case http_errc::timed_out: return llm_errc::timed_out;
    case http_errc::too_large:
    case http_errc::malformed: return llm_errc::malformed;
    default: return llm_errc::unreachable;
    }
}

void remove_all(std::string& text, std::string_view secret)
{
    if (secret.empty())
        return;
    for (std::size_t at = 0; (at = text.find(secret, at)) != std::string::npos; at += 3)
        text.replace(at, secret.size(), "***");
}

// On one line, and not too long for one.
std::string shortened(std::string text)
{
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            c = ' ';
    std::size_t end = 200;
    if (text.size() <= end)
        return text;
    while ((static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) // within a letter of UTF-8
        --end;
    return text.substr(0, end) + "...";
}

} // namespace

llm_transport::llm_transport(http_client client, const llm_functions& functions, std::string model,
                             std::shared_ptr<llm_service> service)
    : client_{std::move(client)}, functions_{functions}, model_{std::move(model)}, service_{std::move(service)}
{
}

llm_answer llm_transport::complete(const http_request& request, unsigned /*most_tokens*/)
{
    const http_response response = send(request);
    auto answer = functions_.answer(response);
    if (!answer)
        fail(answer.error());
    return *std::move(answer);
}

llm_answer llm_transport::stream(const http_request& /*request*/, unsigned /*most_tokens*/,
                                 const std::function<bool(std::string_view)>& /*sink*/)
{
    fail({llm_errc::other, "streaming is not there yet"});
}

llm_embeddings llm_transport::embed(const http_request& request, std::size_t texts)
{
    const http_response response = send(request);
    auto embeddings = functions_.embeddings(response);
    if (!embeddings)
        fail(embeddings.error());
    if (embeddings->vectors.size() != texts)
        fail({llm_errc::malformed, "expected one vector for each text"});
    return *std::move(embeddings);
}

// The response of success.
http_response llm_transport::send(const http_request& request)
{
    try {
        http_response response = client_.send(request);
        if (!response.ok())
            fail(functions_.failure(response));
        return response;
    } catch (const http_error& error) {
        throw llm_error{code_of(error.code()), functions_.name, model_, error.what()};
    }
}

// Without the secrets with which the service was asked.
void llm_transport::fail(const llm_failure& failure) const
{
    const http_settings& service = client_.settings();
    std::string details = failure.details;
    if (service.auth.bearer)
        remove_all(details, service.auth.bearer->token);
    if (service.auth.basic)
        remove_all(details, service.auth.basic->password);
    for (const auto& [name, value] : service.headers)
        remove_all(details, value);
    throw llm_error{failure.code, functions_.name, model_, shortened(steward::detail::redact(details))};
}

} // namespace steward::adapters::detail
