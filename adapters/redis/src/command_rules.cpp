// SPDX-License-Identifier: BSL-1.0
#include "command_rules.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace steward::inline v0::adapters::detail {

namespace {

using rule = std::pair<std::string_view, redis_effect>;

constexpr auto rules = std::to_array<rule>({
    {"MULTI", redis_effect::transaction},     {"EXEC", redis_effect::transaction},
    {"DISCARD", redis_effect::transaction},   {"WATCH", redis_effect::transaction},
    {"UNWATCH", redis_effect::transaction},   {"SELECT", redis_effect::database},
    {"AUTH", redis_effect::lasting},          {"RESET", redis_effect::lasting},
    {"QUIT", redis_effect::lasting},          {"READONLY", redis_effect::lasting},
    {"READWRITE", redis_effect::lasting},     {"ASKING", redis_effect::lasting},
    {"HELLO", redis_effect::no_reply},        {"SUBSCRIBE", redis_effect::no_reply},
    {"PSUBSCRIBE", redis_effect::no_reply},   {"SSUBSCRIBE", redis_effect::no_reply},
    {"UNSUBSCRIBE", redis_effect::no_reply},  {"PUNSUBSCRIBE", redis_effect::no_reply},
    {"SUNSUBSCRIBE", redis_effect::no_reply}, {"MONITOR", redis_effect::no_reply},
    {"SYNC", redis_effect::no_reply},         {"PSYNC", redis_effect::no_reply},
});
// Those of CLIENT's that concern the session itself for longer than a reply.
constexpr auto rules_of_client = std::to_array<rule>({
    {"SETNAME", redis_effect::lasting},
    {"SETINFO", redis_effect::lasting},
    {"TRACKING", redis_effect::lasting},
    {"CACHING", redis_effect::lasting},
    {"NO-EVICT", redis_effect::lasting},
    {"NO-TOUCH", redis_effect::lasting},
    {"REPLY", redis_effect::no_reply},
});

bool same_name(std::string_view given, std::string_view name)
{
    return std::ranges::equal(given, name, {}, [](char c) { return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c; });
}

redis_effect look_up(std::span<const rule> among, std::string_view name)
{
    for (const auto& [known, effect] : among)
        if (same_name(name, known))
            return effect;
    return redis_effect::none;
}

} // namespace

redis_effect effect_of(std::span<const std::string_view> words)
{
    if (words.empty())
        return redis_effect::no_reply;
    if (words.size() > 1 && same_name(words[0], "CLIENT"))
        return look_up(rules_of_client, words[1]);
    return look_up(rules, words[0]);
}

} // namespace steward::inline v0::adapters::detail
