// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm/ollama.hpp>

#include "common_settings.hpp"
#include "json.hpp"
#include "requests.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace steward::inline v0::adapters {

namespace {

using nlohmann::json;

detail::asked_model asked_by(const ollama_settings& wanted) { return {ollama::name, wanted.model}; }

json call_of(const llm_tool_call& call, const ollama_settings& wanted)
{
    json result{{"function",
                 {{"name", call.name},
                  {"arguments", call.arguments.empty()
                                    ? json::object()
                                    : detail::object_of(call.arguments, "the arguments of a call of " + call.name,
                                                        ollama::name, wanted.model)}}}};
    if (!call.id.empty())
        result["id"] = call.id;
    return result;
}

// Which tool a result is of: by the call's id or, where the model gave none, by the results' order.
std::string_view tool_of(const llm_message& result, std::span<const llm_tool_call> calls, std::size_t place) noexcept
{
    if (result.tool_call_id.empty())
        return place < calls.size() ? calls[place].name : std::string_view{};
    for (const llm_tool_call& call : calls)
        if (call.id == result.tool_call_id)
            return call.name;
    return {};
}

json messages_of(std::span<const llm_message> conversation, const llm_options& options, const ollama_settings& wanted)
{
    json messages = json::array();
    if (!options.system.empty())
        messages.push_back({{"role", "system"}, {"content", options.system}});
    std::span<const llm_tool_call> calls;
    std::size_t results = 0;
    for (const llm_message& message : conversation) {
        json& said = messages.emplace_back(json{{"role", to_string(message.role)}, {"content", message.text}});
        for (const llm_tool_call& call : message.tool_calls)
            said["tool_calls"].push_back(call_of(call, wanted));
        if (message.role == llm_role::assistant) {
            calls = message.tool_calls;
            results = 0;
        } else if (message.role == llm_role::tool) {
            if (!message.tool_call_id.empty())
                said["tool_call_id"] = message.tool_call_id;
            if (const std::string_view tool = tool_of(message, calls, results++); !tool.empty())
                said["tool_name"] = tool;
        }
    }
    return messages;
}

json options_of(const llm_options& options)
{
    json result = json::object();
    if (options.temperature)
        result["temperature"] = *options.temperature;
    if (options.max_tokens)
        result["num_predict"] = *options.max_tokens;
    if (!options.stop.empty())
        result["stop"] = options.stop;
    if (options.seed)
        result["seed"] = *options.seed;
    return result;
}

} // namespace

void ollama::check(const settings& wanted, configuration_check& check)
{
    detail::check_key(wanted, false, check);
    detail::check_common(wanted, 2, check);
    detail::check_without(wanted, "/api", check);
}

http_settings ollama::service(const settings& wanted) { return detail::bearer_service(wanted, name); }

http_request ollama::request(const settings& wanted, std::span<const llm_message> conversation,
                             const llm_options& options, bool streamed)
{
    json body{{"model", wanted.model},
              {"messages", messages_of(conversation, options, wanted)},
              {"stream", streamed}}; // it streams if it is not told otherwise
    if (json found = options_of(options); !found.empty())
        body["options"] = std::move(found);
    for (const llm_tool& tool : options.tools)
        body["tools"].push_back(detail::function_of(tool, asked_by(wanted)));
    if (!options.json_schema.empty())
        body["format"] = detail::schema_of(options.json_schema, "json_schema", asked_by(wanted));
    else if (options.json)
        body["format"] = "json";
    return detail::post_of("/api/chat", body, asked_by(wanted));
}

http_request ollama::embedding_request(const settings& wanted, std::span<const std::string> texts)
{
    return detail::post_of("/api/embed",
                           {{"model", wanted.model}, {"input", std::vector<std::string>{texts.begin(), texts.end()}}},
                           asked_by(wanted));
}

} // namespace steward::inline v0::adapters
