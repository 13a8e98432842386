// SPDX-License-Identifier: BSL-1.0
#include "json.hpp"

#include <utility>

namespace steward::adapters::detail {

using nlohmann::json;

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
    json object = json::parse(text, nullptr, false);
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

} // namespace steward::adapters::detail
