// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm/transport.hpp>

#include "llm_service.hpp"
#include "retrying.hpp"
#include "stream_reader.hpp"

#include <steward/adapters/http/error.hpp>
#include <steward/detail/random_share.hpp>
#include <steward/detail/redact.hpp>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>

namespace steward::inline v0::adapters::detail {

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

// A provider that wants to be left alone for longer is asked again to say so.
constexpr std::chrono::hours longest_hold{1};

void remove_all(std::string& text, std::string_view secret)
{
    if (secret.empty())
        return;
    for (std::size_t at = 0; (at = text.find(secret, at)) != std::string::npos; at += 3)
        text.replace(at, secret.size(), "***");
}

std::string milliseconds(duration time)
{
    return std::to_string(std::chrono::ceil<std::chrono::milliseconds>(time).count()) + " ms";
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

llm_answer llm_transport::complete(const http_request& request, unsigned most_tokens)
{
    const std::int64_t booked = estimate(request, most_tokens);
    auto answer = functions_.answer(send(request, booked));
    if (!answer)
        fail(answer.error());
    settle(answer->usage, booked);
    return *std::move(answer);
}

llm_answer llm_transport::stream(const http_request& request, unsigned most_tokens,
                                 const std::function<bool(std::string_view)>& sink)
{
    const std::int64_t booked = estimate(request, most_tokens);
    stream_reader reader{functions_, sink, client_.settings().max_body};
    static_cast<void>(send(request, booked, &reader));
    auto answer = reader.finish();
    if (!answer)
        fail(answer.error());
    settle(answer->usage, booked);
    return *std::move(answer);
}

llm_embeddings llm_transport::embed(const http_request& request, std::size_t texts)
{
    const std::int64_t booked = estimate(request, 0);
    auto embeddings = functions_.embeddings(send(request, booked));
    if (!embeddings)
        fail(embeddings.error());
    settle(embeddings->usage, booked);
    if (embeddings->vectors.size() != texts)
        fail({llm_errc::malformed, "expected one vector for each text"});
    return *std::move(embeddings);
}

// A token is about four letters; what else stands in a body is little beside a prompt.
std::int64_t llm_transport::estimate(const http_request& request, unsigned most_tokens)
{
    return static_cast<std::int64_t>(request.body.size() / 4) + most_tokens;
}

// Counts what a completion took, instead of what was booked for it.
void llm_transport::settle(const llm_usage& usage, std::int64_t booked)
{
    service_->took(usage);
    const std::int64_t total = std::max(usage.total_tokens, usage.prompt_tokens + usage.completion_tokens);
    if (total != 0) // a provider that does not say it is believed to have taken as much as was booked
        service_->limits.correct(static_cast<double>(total - booked));
}

// Waits until the limits allow it to send.
void llm_transport::wait_for_turn(std::int64_t booked, time_point deadline)
{
    const auto too_late = [this](duration wait, std::string_view because) {
        return llm_error{
            llm_errc::rate_limited, functions_.name, model_,
            std::string{because} + " wants a wait of " + milliseconds(wait) + ", longer than timeout allows", wait};
    };
    const time_point now = clock::now();
    const turn mine = service_->limits.book(static_cast<double>(booked), now, deadline);
    if (!mine.booked)
        throw too_late(mine.wait, mine.because);
    std::this_thread::sleep_for(mine.wait);
    // It may have been told to others meanwhile to hold back.
    for (duration left; (left = service_->limits.held_back(clock::now())) > duration{};) {
        if (left >= deadline - clock::now()) {
            service_->limits.correct(static_cast<double>(-booked));
            throw too_late(left, "the provider");
        }
        std::this_thread::sleep_for(left);
    }
}

// Why one try gave no response of success.
struct llm_transport::refusal {
    llm_failure failure;
    bool retriable;
    std::optional<duration> retry_after{};
};

// The response of success, all tries taken together. If it is a stream, the reader has got it.
http_response llm_transport::send(const http_request& request, std::int64_t booked, stream_reader* reader)
{
    const http_settings& settings = client_.settings();
    const time_point deadline = clock::now() + settings.timeout;
    http_request once = request;
    once.repeatable = false; // by us: each try has to wait for its turn
    for (unsigned tries = 0;; ++tries) {
        wait_for_turn(booked, deadline);
        once.timeout = deadline - clock::now();
        auto result = try_once(once, booked, reader);
        if (result)
            return *std::move(result);
        const refusal& why = result.error();
        const bool again = why.retriable && request.repeatable.value_or(false) && tries < settings.retry_count
                           && (reader == nullptr || !reader->begun());
        const duration pause = std::max(backoff(settings.retry_delay, tries, steward::detail::random_share()),
                                        why.retry_after.value_or(duration{}));
        if (!again || pause >= deadline - clock::now())
            fail(why.failure, why.retry_after);
        std::this_thread::sleep_for(pause);
    }
}

std::expected<http_response, llm_transport::refusal> llm_transport::try_once(const http_request& request,
                                                                             std::int64_t booked, stream_reader* reader)
{
    service_->sent();
    try {
        http_response response =
            reader == nullptr ? client_.send(request)
                              : client_.send(request, [&](std::string_view piece) { return reader->take(piece); });
        if (response.ok())
            return response;
        service_->limits.correct(static_cast<double>(-booked)); // who is refused has used nothing
        refusal why{functions_.failure(response), false, response.retry_after()};
        why.retriable = is_retriable(why.failure.code);
        if (why.retriable && why.retry_after)
            service_->limits.hold_back(clock::now() + std::min<duration>(*why.retry_after, longest_hold));
        return std::unexpected{std::move(why)};
    } catch (const http_error& error) {
        return std::unexpected{refusal{{code_of(error.code()), error.what()}, error.retriable()}};
    }
}

// Without the secrets with which the service was asked.
void llm_transport::fail(const llm_failure& failure, std::optional<duration> retry_after) const
{
    const http_settings& service = client_.settings();
    std::string details = failure.details;
    if (service.auth.bearer)
        remove_all(details, service.auth.bearer->token);
    if (service.auth.basic)
        remove_all(details, service.auth.basic->password);
    if (service.auth.api_key)
        remove_all(details, service.auth.api_key->value);
    if (service.proxy_auth)
        remove_all(details, service.proxy_auth->password);
    for (const auto& [name, value] : service.headers)
        remove_all(details, value);
    throw llm_error{failure.code, functions_.name, model_, shortened(steward::detail::redact(details)), retry_after};
}

} // namespace steward::inline v0::adapters::detail
