// SPDX-License-Identifier: BSL-1.0
#include "json.hpp"

#include <cmath>
#include <limits>
#include <utility>

namespace steward::inline v0::adapters::detail {

using nlohmann::json;

namespace {

// Of brackets and braces outside of texts; of JSON, which this need not be, it is how deep it is nested.
bool is_nested_deeper(std::string_view text, std::size_t most) noexcept
{
    std::size_t depth = 0;
    bool in_text = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (in_text && c == '\\')
            ++at;
        else if (c == '"')
            in_text = !in_text;
        else if (!in_text && (c == '[' || c == '{') && ++depth > most)
            return true;
        else if (!in_text && (c == ']' || c == '}') && depth != 0)
            --depth;
    }
    return false;
}

} // namespace

json parsed(std::string_view text)
{
    static constexpr std::size_t most = 500;
    return is_nested_deeper(text, most) ? json(json::value_t::discarded) : json::parse(text, nullptr, false);
}

const json& member_of(const json& object, const char* name)
{
    static const json none;
    const auto found = object.find(name);
    return found != object.end() ? *found : none;
}

std::string text_of(const json& object, const char* name)
{
    const json& member = member_of(object, name);
    return member.is_string() ? member.get<std::string>() : std::string{};
}

std::int64_t count_of(const json& object, const char* name)
{
    static constexpr std::int64_t most = 1'000'000'000'000; // sums of these do not overflow
    const json& member = member_of(object, name);
    if (!member.is_number_integer() || (member.is_number_unsigned() && member.get<std::uint64_t>() > most))
        return 0;
    const auto count = member.get<std::int64_t>();
    return count >= 0 && count <= most ? count : 0;
}

bool add_vector(const json& numbers, std::vector<std::vector<float>>& vectors)
{
    static constexpr double most = std::numeric_limits<float>::max();
    if (!numbers.is_array() || numbers.empty())
        return false;
    auto& vector = vectors.emplace_back();
    vector.reserve(numbers.size());
    for (const json& number : numbers) {
        if (!number.is_number() || std::abs(number.get<double>()) > most)
            return false;
        vector.push_back(number.get<float>());
    }
    return true;
}

llm_errc code_of(int status) noexcept
{
    switch (status) {
    case 400:
    case 404:
    case 409:
    case 413:
    case 422: return llm_errc::invalid_request;
    case 401: return llm_errc::invalid_key;
    case 402: return llm_errc::quota_exhausted;
    case 403: return llm_errc::refused;
    case 408:
    case 425: return llm_errc::overloaded;
    case 429: return llm_errc::rate_limited;
    default: return status >= 500 ? llm_errc::overloaded : llm_errc::other;
    }
}

llm_failure failure_of(int status, llm_errc code, std::string_view words)
{
    llm_failure failure{code, "status " + std::to_string(status)};
    if (code != llm_errc::invalid_key && !words.empty())
        failure.details.append(": ").append(words);
    return failure;
}

std::unexpected<llm_failure> malformed(std::string details)
{
    return std::unexpected{llm_failure{llm_errc::malformed, std::move(details)}};
}

std::unexpected<llm_failure> not_a(std::string_view expected, std::size_t bytes)
{
    return malformed(std::string{"expected "}
                         .append(expected)
                         .append(", got ")
                         .append(std::to_string(bytes))
                         .append(" bytes of something else"));
}

json object_of(std::string_view text, std::string_view what, std::string_view provider, std::string_view model)
{
    json object = parsed(text);
    if (!object.is_object())
        throw llm_error{llm_errc::invalid_request, provider, model,
                        std::string{"expected "}.append(what).append(" as an object of JSON")};
    return object;
}

std::string body_of(const json& body, std::string_view provider, std::string_view model)
{
    try {
        return body.dump();
    } catch (const json::exception&) {
        throw llm_error{llm_errc::invalid_request, provider, model, "expected all texts in UTF-8"};
    }
}

} // namespace steward::inline v0::adapters::detail
