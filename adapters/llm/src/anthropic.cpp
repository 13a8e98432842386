// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm/anthropic.hpp>

#include "common_settings.hpp"
#include "json.hpp"
#include "requests.hpp"

#include <cstddef>
#include <utility>

namespace steward::inline v0::adapters {

namespace {

using nlohmann::json;

// The version of the interface that this is written for.
constexpr const char* version = "2023-06-01";
constexpr unsigned default_max_tokens = 4'096;

detail::asked_model asked_by(const anthropic_settings& wanted) { return {anthropic::name, wanted.model}; }

std::string system_of(std::span<const llm_message> conversation, const llm_options& options)
{
    std::string system = options.system;
    for (const llm_message& message : conversation)
        if (message.role == llm_role::system)
            system.append(system.empty() ? "" : "\n\n").append(message.text);
    return system;
}

json call_of(const llm_tool_call& call, const anthropic_settings& wanted)
{
    return {{"type", "tool_use"},
            {"id", call.id},
            {"name", call.name},
            {"input", call.arguments.empty()
                          ? json::object()
                          : detail::object_of(call.arguments, "the arguments of a call of " + call.name,
                                              anthropic::name, wanted.model)}};
}

json content_of(const llm_message& message, const anthropic_settings& wanted)
{
    if (message.tool_calls.empty())
        return message.text;
    json blocks = json::array();
    if (!message.text.empty())
        blocks.push_back({{"type", "text"}, {"text", message.text}});
    for (const llm_tool_call& call : message.tool_calls)
        blocks.push_back(call_of(call, wanted));
    return blocks;
}

// The results of all calls of one answer are one message, which is the user's.
json messages_of(std::span<const llm_message> conversation, const anthropic_settings& wanted)
{
    json messages = json::array();
    bool results = false;
    for (const llm_message& message : conversation) {
        if (message.role == llm_role::system)
            continue;
        if (message.role == llm_role::tool) {
            if (!std::exchange(results, true))
                messages.push_back({{"role", "user"}, {"content", json::array()}});
            messages.back()["content"].push_back(
                {{"type", "tool_result"}, {"tool_use_id", message.tool_call_id}, {"content", message.text}});
        } else {
            results = false;
            messages.push_back({{"role", to_string(message.role)}, {"content", content_of(message, wanted)}});
        }
    }
    return messages;
}

json tool_of(const llm_tool& tool, const anthropic_settings& wanted)
{
    json result{
        {"name", tool.name},
        {"input_schema", detail::schema_of(tool.parameters, "the parameters of tool " + tool.name, asked_by(wanted))}};
    if (!tool.description.empty())
        result["description"] = tool.description;
    return result;
}

void add_format(json& body, const llm_options& options, const anthropic_settings& wanted)
{
    if (!options.json_schema.empty())
        body["output_config"] = {
            {"format",
             {{"type", "json_schema"},
              {"schema", detail::schema_of(options.json_schema, "json_schema", asked_by(wanted))}}}};
    else if (options.json)
        throw llm_error{llm_errc::invalid_request, anthropic::name, wanted.model,
                        "expected json_schema: there is no JSON without a schema"};
}

} // namespace

void anthropic::check(const settings& wanted, configuration_check& check)
{
    detail::check_key(wanted, wanted.base_url == settings{}.base_url, check);
    detail::check_common(wanted, 1, check);
    detail::check_without(wanted, "/v1", check);
}

http_settings anthropic::service(const settings& wanted)
{
    http_settings result = detail::anonymous_service(wanted);
    if (!result.headers.contains("anthropic-version"))
        result.headers.emplace("anthropic-version", version);
    if (std::string key = detail::needed_key(wanted.api_key, name); !key.empty())
        result.auth = api_key{.name = "x-api-key", .value = std::move(key)};
    return result;
}

http_request anthropic::request(const settings& wanted, std::span<const llm_message> conversation,
                                const llm_options& options, bool streamed)
{
    json body{{"model", wanted.model},
              {"max_tokens", options.max_tokens.value_or(default_max_tokens)},
              {"messages", messages_of(conversation, wanted)}};
    if (std::string system = system_of(conversation, options); !system.empty())
        body["system"] = std::move(system);
    if (options.temperature)
        body["temperature"] = *options.temperature;
    if (!options.stop.empty())
        body["stop_sequences"] = options.stop;
    for (const llm_tool& tool : options.tools)
        body["tools"].push_back(tool_of(tool, wanted));
    add_format(body, options, wanted);
    if (streamed)
        body["stream"] = true;
    return detail::post_of("/v1/messages", body, asked_by(wanted));
}

} // namespace steward::inline v0::adapters
